using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dimec.EndToEnd.Tests;

/// <summary>What evaluate reports, refuses and leaves behind, over predictions that were made beforehand.</summary>
public sealed class EvaluateTests
{
    [Theory]
    [InlineData("selection", "--part selection: is the part that choices are made on")]
    [InlineData("./selection", "--part ./selection: is no part; use one of dev, calibration, train.")]
    [InlineData("../predictions/dev", "--part ../predictions/dev: is no part")]
    public async Task Only_a_part_on_which_nothing_is_chosen_is_reported(string part, string sentence)
    {
        using var run = new PredictedRun();
        await Tool.RefusedAsync(run.Folder, ["evaluate", run.Path, "--part", part], sentence);
    }

    [Fact]
    public async Task Samples_that_choices_were_made_on_are_not_reported()
    {
        using var run = new PredictedRun();
        // A training of another maker numbers each part from 0: names alone say nothing.
        Edit(run, "selection", (row, i) => row["guid"] = i);
        Edit(run, "dev", (row, i) => row["guid"] = i);
        await Tool.DoneAsync("evaluate", run.Path, "--max-drop", "1");

        var chosen = File.ReadAllLines(run.File("run", "predictions", "selection.jsonl"));
        var dev = File.ReadAllLines(run.File("run", "predictions", "dev.jsonl"));
        File.WriteAllLines(run.File("run", "predictions", "dev.jsonl"), [.. chosen[5..8], .. dev.Where((_, i) => i is < 5 or >= 8)]);
        const string Sentence = "predictions/dev.jsonl: has 3 of its 80 samples from predictions/selection.jsonl "
            + "as well, on which choices are made (the first is '5')";
        await Tool.RefusedAsync(run.Folder, ["evaluate", run.Path], Sentence);
        await Tool.RefusedAsync(run.Folder, ["report", run.Path], Sentence);
    }

    [Fact]
    public async Task Without_embeddings_of_the_selection_pools_and_random_are_left_out_with_the_reason()
    {
        using var run = new PredictedRun();
        Edit(run, "selection", (row, _) => row.Remove("embedding"));
        await Tool.RefusedAsync(
            run.Folder, ["plan", run.Path, "--policy", "pools", "--out", run.File("plan.json")],
            "predictions/selection.jsonl: carries no embeddings");

        var any = await Tool.DoneAsync("plan", run.Path, "--policy", "any", "--max-drop", "1", "--out", run.File("plan.json"));
        Assert.Contains("pools was left out.", any.Output, StringComparison.Ordinal);
        var evaluated = await Tool.DoneAsync("evaluate", run.Path);
        Assert.Contains("pools: not possible. ", evaluated.Output, StringComparison.Ordinal);
        using var evaluation = Evaluation(run.Path);
        Assert.Equal(["pools", "random"], Names(evaluation, "notPossible").Take(2));
        Assert.Superset(new HashSet<string> { "cloud", "edge", "mobile", "cascade", "oracle" }, Names(evaluation, "policies").ToHashSet());
        Assert.Contains(
            "carries no embeddings", evaluation.RootElement.GetProperty("notPossible")[0].GetProperty("reason").GetString(),
            StringComparison.Ordinal);
        await Tool.DoneAsync("report", run.Path);
    }

    [Fact]
    public async Task A_published_tally_stands_beside_the_evaluation_and_changes_nothing_of_it()
    {
        using var run = new PredictedRun();
        await Tool.DoneAsync("evaluate", run.Path);
        var before = File.ReadAllText(run.File("run", "evaluation.json"));
        Assert.False(File.Exists(run.File("run", "evaluation-tally-splitee.json")));
        var tallied = await Tool.DoneAsync("evaluate", run.Path, "--tally", "splitee");
        Assert.Contains(
            "dev, n = 80, published tally of SplitEE (not all work charged): λ = 0.1 a layer, L = 6, mean of 20 orders", tallied.Output,
            StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(run.File("run", "evaluation.json")));
        Assert.True(File.Exists(run.File("run", "evaluation-tally-splitee.json")));
        await Tool.RefusedAsync(
            run.Folder, ["evaluate", run.Path, "--tally", "ceebert"], "--tally ceebert: is not known; use one of none, splitee.");
    }

    [Fact]
    public async Task What_a_plan_was_asked_for_holds_where_it_is_read_again()
    {
        using var run = new PredictedRun();
        await Tool.DoneAsync("plan", run.Path, "--policy", "mobile", "--max-drop", "0.4", "--out", run.File("plan.json"));
        var report = await Tool.DoneAsync("report", run.Path, "--plan", run.File("plan.json"));
        Assert.Contains("the 40.0 points that were asked for", report.Output, StringComparison.Ordinal);
        var evaluated = await Tool.DoneAsync("evaluate", run.Path, "--plan", run.File("plan.json"));
        Assert.Contains("with offloading for nothing (o = 0), planned anew", evaluated.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_is_unlike_the_selection_is_cross_fitted_on_demand()
    {
        using var run = new PredictedRun();
        var evaluated = await Tool.DoneAsync("evaluate", run.Path, "--cross-fit", "3");
        Assert.Contains(
            "cross-fitted: planned on one half, read on the other, both ways, mean of 3 halvings", evaluated.Output,
            StringComparison.Ordinal);
        using var fitted = JsonDocument.Parse(File.ReadAllText(run.File("run", "evaluation-cross-fit.json")));
        Assert.Equal(3, fitted.RootElement.GetProperty("halvings").GetInt32());
        Assert.Contains("cascade", Names(fitted, "policies"));
        await Tool.RefusedAsync(run.Folder, ["evaluate", run.Path, "--cross-fit", "0"], "--cross-fit: is 0");
    }

    [Fact]
    public async Task What_plan_calls_not_possible_is_no_row_and_the_random_control_has_exactly_the_shares_of_pools()
    {
        using var run = new PredictedRun();
        Assert.Equal(
            3, (await Tool.RunAsync("plan", run.Path, "--policy", "pools", "--max-drop", "-0.5", "--out", run.File("plan.json"))).ExitCode);
        await Tool.DoneAsync("evaluate", run.Path, "--max-drop", "-0.5");
        using (var evaluation = Evaluation(run.Path))
        {
            Assert.Equal(["cloud", "edge", "mobile", "oracle"], Names(evaluation, "policies"));
            Assert.Equal(["pools", "random", "cascade"], Names(evaluation, "notPossible").Take(3));
        }

        await Tool.DoneAsync("evaluate", run.Path, "--max-drop", "0.2");
        using (var evaluation = Evaluation(run.Path))
        {
            var random = evaluation.RootElement
                .GetProperty("policies")
                .EnumerateArray()
                .Single(row => row.GetProperty("name").GetString() == "random");
            // Both parts have 80 samples, so that shares of the one can be had exactly on the other.
            foreach (var share in random.GetProperty("parameters").GetProperty("shares").EnumerateObject())
                Assert.Equal(share.Value.GetDouble(), random.GetProperty("shares").GetProperty(share.Name).GetDouble(), 1e-12);
            var cloud = evaluation.RootElement.GetProperty("policies")[0];
            Assert.Equal((0, 0, 0, 0), (cloud.GetProperty("reduction").GetDouble(), cloud.GetProperty("drop")
                .GetDouble(), cloud.GetProperty("dropInterval")[0].GetDouble(), cloud.GetProperty("dropInterval")[1].GetDouble()));
        }
    }

    [Fact]
    public async Task A_table_without_offloading_is_not_left_from_an_earlier_call()
    {
        using var run = new PredictedRun();
        var second = Path.Combine(run.Path, "evaluation-no-offload.json");
        await Tool.DoneAsync("evaluate", run.Path);
        Assert.True(File.Exists(second));
        await Tool.DoneAsync("evaluate", run.Path, "--costs", Costs(run, ("mobile", 1, 0), ("edge", 1, 0), ("cloud", 1, 0)));
        Assert.False(File.Exists(second));

        // The cloud costs its offloading only, and without it nothing.
        var evaluated = await Tool.DoneAsync(
            "evaluate", run.Path, "--costs", Costs(run, ("mobile", 1, 0), ("edge", 1, 1), ("cloud", 0, 9)));
        Assert.Contains("There is no table at o = 0", evaluated.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(second));
    }

    [Fact]
    public async Task Costs_that_savings_cannot_be_measured_against_and_names_of_policies_are_refused_together()
    {
        using var run = new PredictedRun();
        await Tool.RefusedAsync(
            run.Folder, ["evaluate", run.Path, "--costs", Costs(run, ("pools", 0, 0), ("oracle", 1, 1), ("cloud", 0, 0))],
            "tiers[0].name: 'pools' is the name of a policy", "tiers[1].name: 'oracle' is the name of a policy",
            "tiers[2]: makes a sample cost 0 on the last tier");
    }

    [Fact]
    public async Task Names_are_printed_as_they_are_and_minus_signs_alike()
    {
        using var run = new PredictedRun();
        // The first tier costs twice as much as the last, so that it saves −100 %.
        var costs = Costs(run, ("[bold", 9, 0), ("edge]", 1, 1), ("cloud", 1, 3));
        var planned = await Tool.DoneAsync(
            "plan", run.Path, "--policy", "[bold", "--max-drop", "1", "--costs", costs, "--out", run.File("plan.json"));
        Assert.Contains("[bold ", planned.Output, StringComparison.Ordinal);
        Assert.Matches("saved +\u2212100.0 %", planned.Output);
        var evaluated = await Tool.DoneAsync("evaluate", run.Path, "--costs", costs);
        Assert.Contains("edge] ", evaluated.Output, StringComparison.Ordinal);
        Assert.Contains("\u2212100.0 ", evaluated.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_counts_the_epochs_that_were_kept()
    {
        using var run = new PredictedRun();
        Assert.Contains("epochs right, of 4", (await Tool.DoneAsync("map", run.Path)).Output, StringComparison.Ordinal);
        Assert.Contains("epochs right, of 2", (await Tool.DoneAsync("map", run.Path, "--burn-out", "2")).Output, StringComparison.Ordinal);
        Assert.Contains("epochs right, of 4", (await Tool.DoneAsync("map", run.Path, "--burn-out", "9")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_takes_numbers_for_rows()
    {
        using var run = new PredictedRun();
        File.WriteAllText(
            run.File("data.tsv"), "text\tlabel\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"text {i}\t{i % 2}\n")));
        File.WriteAllText(
            run.File("run", "td_metrics.jsonl"),
            """{"guid":7,"index":0,"threshold_closeness":0.2,"confidence":0.5,"variability":0.1,"correctness":1,"forgetfulness":0}"""
            + "\n");
        string[] filter =
        [
            "filter", run.Path, "--metric", "confidence", "--fraction", "0", "--data", run.File("data.tsv"), "--out", run.File("out.tsv"),
        ];
        await Tool.DoneAsync(filter);
        Assert.Equal("text\tlabel\ntext 7\t1\n", File.ReadAllText(run.File("out.tsv")));
    }

    private static JsonDocument Evaluation(string run) => JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "evaluation.json")));

    private static IEnumerable<string> Names(JsonDocument evaluation, string key) =>
        evaluation.RootElement.GetProperty(key).EnumerateArray().Select(row => row.GetProperty("name").GetString()!);

    private static void Edit(PredictedRun run, string part, Action<JsonObject, int> change) =>
        MadeRun.Edit(run.File("run", "predictions", part + ".jsonl"), (number, line) =>
        {
            var row = JsonNode.Parse(line)!.AsObject();
            change(row, number - 1);
            return row.ToJsonString();
        });

    private static string Costs(PredictedRun run, params (string Name, double Layer, double Offload)[] tiers)
    {
        var path = run.File("costs.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            format = 1,
            unit = "layers",
            tiers = tiers.Select((tier, t) => new { name = tier.Name, depth = 2 * (t + 1), layer = tier.Layer, offload = tier.Offload }),
        }));
        return path;
    }
}
