using System.Text.Json;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Policies.Pools;
using Dimec.Pools;

namespace Dimec.EndToEnd.Tests;

/// <summary>
/// Every choice that the method leaves open, from the command line into the plan, and from the plan into what evaluates it.
/// </summary>
public sealed class PlanOptionsTests
{
    [Fact]
    public async Task All_wrong_choices_are_reported_together_with_the_words_that_there_are()
    {
        using var run = new PredictedRun();
        string[] call =
        [
            "plan", run.Path, "--policy", "pools", "--max-drop", "2", "--exit", "last", "--burn-out", "0", "--hard", "soft",
            "--normalization", "UnitLength", "--reward", "money", "--routing", "1", "--grid-levels", "1", "--out", run.File("plan.json"),
        ];
        await Tool.RefusedAsync(
            run.Folder, call,
            "--hard soft: is not known; use one of low-confidence, low-confidence-and-variability.",
            "--normalization UnitLength: is not known; use one of none, unit-length.",
            "--reward money: is not known; use one of confidence, correctness.",
            "--routing 1: is not known; use one of centroids, membership.",
            "--exit last: names no exit; give the number of a layer, or own.",
            "--grid-levels: is 1; choose 2 … 200.",
            "--max-drop: is 2; give a fraction of −1 … 1, e.g. 0.005 for half a point.",
            "--burn-out: is 0; keep at least the first epoch.");
    }

    [Fact]
    public async Task Depths_are_chosen_among_the_recorded_exits_and_no_other_word_is_known()
    {
        using var run = new PredictedRun();
        await Tool.RefusedAsync(
            run.Folder, ["plan", run.Path, "--policy", "ladder", "--depths", "2,4", "--out", run.File("plan.json")],
            "--depths 2,4: is not known; use any, or leave it out and name depths in a cost file.");
        await Tool.DoneAsync("plan", run.Path, "--policy", "cascade", "--depths", "any", "--out", run.File("plan.json"));
        var plan = ReadPlan(run);
        var exits = run.Read("selection").Exits;
        Assert.Equal(exits[^1], plan.Costs.Tiers[^1].Depth);
        Assert.All(plan.Costs.Tiers, tier => Assert.Contains(tier.Depth, exits));
        Assert.StartsWith("The depths were chosen on the selection part among ", plan.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_default_the_last_exit_makes_the_pools_whatever_map_wrote()
    {
        using var run = new PredictedRun();
        var before = await PlanAsync(run);
        Assert.Equal(("6", false, false, (int?)null), (string.Join(
            ' ', before.Metrics.Exits), before.Metrics.IsOwn, before.Metrics.Options!.IncludeCi, before.Metrics.Options.BurnOut));
        Assert.Equal(
            (HardRule.LowConfidence, EmbeddingNormalization.None, RewardKind.Confidence, SelectionRouting.Centroids, 20, true),
            (
                before.Options.Hard, before.Options.Embedding, before.Options.Reward, before.Options.Routing, before.Options.GridLevels,
                before.Options.FitTemperatures));

        await Tool.DoneAsync("map", run.Path, "--exit", "2", "--burn-out", "2", "--include-ci");
        var plan = File.ReadAllText(run.File("plan.json"));
        await PlanAsync(run);
        Assert.Equal(plan, File.ReadAllText(run.File("plan.json")));
    }

    [Theory]
    [InlineData("own")]
    [InlineData("4")]
    public async Task What_was_chosen_is_in_the_plan_and_evaluate_reports_the_plan_as_it_stands(string exit)
    {
        using var run = new PredictedRun(selectionDynamics: true);
        string[] hard = exit == "own" ? [] : ["--hard", "low-confidence-and-variability"];
        var pools = await PlanAsync(
            run,
            ["--exit", exit, "--include-ci", "--burn-out", "3", "--normalization", "unit-length", "--reward", "correctness", "--routing",
            "membership", "--grid-levels", "7", "--no-temperatures", .. hard]);
        Assert.Equal(
            (exit == "own" ? "2 4" : "4", exit == "own", true, (int?)3),
            (string.Join(' ', pools.Metrics.Exits), pools.Metrics.IsOwn, pools.Metrics.Options!.IncludeCi, pools.Metrics.Options.BurnOut));
        Assert.Equal(
            (
                exit == "own" ? HardRule.LowConfidence : HardRule.LowConfidenceAndVariability, EmbeddingNormalization.UnitLength,
                RewardKind.Correctness, SelectionRouting.Membership, 7, false),
            (
                pools.Options.Hard, pools.Options.Embedding, pools.Options.Reward, pools.Options.Routing, pools.Options.GridLevels,
                pools.Options.FitTemperatures));

        await Tool.DoneAsync("evaluate", run.Path, "--plan", run.File("plan.json"));
        var plan = ReadPlan(run);
        var dev = run.Read("dev");
        var expected = PolicyRunner.Run(plan.CreatePolicy(), dev, plan.Costs);
        using var evaluation = JsonDocument.Parse(File.ReadAllText(Path.Combine(run.Path, "evaluation.json")));
        var rows = evaluation.RootElement
            .GetProperty("policies")
            .EnumerateArray()
            .ToDictionary(row => row.GetProperty("name").GetString()!);
        Assert.Equal(
            expected.Right(dev).Count(right => right) / (double)dev.Count, rows["pools"].GetProperty("accuracy").GetDouble(), 1e-12);
        Assert.Equal(expected.MeanCost, rows["pools"].GetProperty("cost").GetDouble(), 1e-12);
        Assert.Equal(
            plan.ParametersJson().GetProperty("alpha").GetDouble(),
            rows["pools"].GetProperty("parameters").GetProperty("alpha").GetDouble());
        // The control has the shares that this very plan has on dev.
        foreach (var (tier, share) in expected.Shares(plan.Costs.Tiers.Select(tier => tier.Name)))
            Assert.Equal(share, rows["random"].GetProperty("parameters").GetProperty("shares").GetProperty(tier).GetDouble());

        // The tiers that it names are not those of the plain mean, which a reader of the plan that forgot the choice would take.
        var plain = new CentroidRouter(pools.Centroids, EmbeddingNormalization.None);
        Assert.Contains(Enumerable.Range(0, dev.Count), i => plain.Route(dev.Embedding(i)) != expected.Tiers[i]);

        await Tool.DoneAsync("report", run.Path, "--plan", run.File("plan.json"));
        Assert.Contains("unit-length", File.ReadAllText(Path.Combine(run.Path, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_without_a_plan_takes_the_same_choices()
    {
        using var run = new PredictedRun();
        var pools = await PlanAsync(run, "--exit", "own", "--normalization", "unit-length", "--grid-levels", "6");
        await Tool.DoneAsync(
            "evaluate", run.Path, "--exit", "own", "--normalization", "unit-length", "--grid-levels", "6", "--max-drop", "0.1");
        using var evaluation = JsonDocument.Parse(File.ReadAllText(Path.Combine(run.Path, "evaluation.json")));
        var row = evaluation.RootElement
            .GetProperty("policies")
            .EnumerateArray()
            .Single(row => row.GetProperty("name").GetString() == "pools")
            .GetProperty("parameters");
        Assert.Equal((pools.Thresholds.Alpha, "unit-length", true), (row.GetProperty("alpha")
            .GetDouble(), row.GetProperty("embedding").GetString(), row.GetProperty("metrics").GetProperty("own").GetBoolean()));
    }

    [Fact]
    public async Task What_the_run_cannot_give_is_named()
    {
        using var run = new PredictedRun();
        Task Refused(string[] options, params string[] sentences) => Tool.RefusedAsync(
            run.Folder, ["plan", run.Path, "--policy", "pools", .. options, "--out", run.File("refused.json")], sentences);
        await Refused(["--routing", "membership"], "--routing membership: needs the selection samples' dynamics");
        await Refused(["--exit", "3"], "--exit 3:");
        await Refused(
            ["--exit", "own", "--hard", "low-confidence-and-variability"],
            "--hard: is low-confidence-and-variability, which has no meaning");

        await Tool.DoneAsync("map", run.Path);
        Directory.Delete(Path.Combine(run.Path, "dynamics"), recursive: true);
        await Refused(
            ["--exit", "own", "--include-ci", "--burn-out", "2"], "--exit: needs dynamics", "--include-ci: needs dynamics",
            "--burn-out: needs dynamics");
        var pools = await PlanAsync(run);
        Assert.Null(pools.Metrics.Options);
        Assert.Contains(ReadPlan(run).Notes, note => note.StartsWith("The pools are cut by ready-made metrics", StringComparison.Ordinal));
    }

    private static async Task<PoolsParameters> PlanAsync(PredictedRun run, params string[] options)
    {
        await Tool.DoneAsync(["plan", run.Path, "--policy", "pools", "--max-drop", "0.1", .. options, "--out", run.File("plan.json")]);
        return ReadPlan(run).Pools!;
    }

    private static Plan ReadPlan(PredictedRun run)
    {
        using var stream = File.OpenRead(run.File("plan.json"));
        return Plan.Read(stream, "plan.json");
    }
}
