using System.Runtime.InteropServices;
using System.Text.Json;
using Dimec.Planning;
using Dimec.Pools;
using Dimec.Runs;
using Dimec.Runs.Evaluations;
using Dimec.Runs.Plans;

namespace Dimec.Reporting.Tests.Inputs;

public sealed class RunReportTests : IDisposable
{
    private readonly PredictedRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Every_exit_has_its_losses_and_the_temperature_of_the_plan()
    {
        Record(RuntimeInformation.FrameworkDescription);
        var exits = Inputs().Training!.Exits;
        Assert.Equal([2, 4, 6], exits.Select(exit => exit.Layer));
        Assert.All(exits, exit => Assert.Equal(4, exit.Losses.Count));
        // The last exit of the made dynamics knows more in every epoch.
        Assert.Equal(exits[^1].Losses.OrderDescending(), exits[^1].Losses);
        Assert.All(exits, exit => Assert.True(exit.Temperature > 0));
    }

    [Fact]
    public void A_version_stands_there_once_where_training_and_report_agree()
    {
        Record(RuntimeInformation.FrameworkDescription);
        var versions = Inputs().Provenance.Versions;
        Assert.Equal(versions.Select(version => version.Key).Distinct(), versions.Select(version => version.Key));
        Assert.Single(versions, version => version.Value == RuntimeInformation.FrameworkDescription);
        Assert.Contains(versions, version => version is { Key: "dotnet" });
    }

    [Fact]
    public void Another_version_than_that_of_the_training_is_told_apart()
    {
        Record(".NET 9.9.9");
        var versions = Inputs().Provenance.Versions.ToDictionary();
        Assert.Equal(".NET 9.9.9", versions["dotnet"]);
        Assert.Equal(RuntimeInformation.FrameworkDescription, versions["dotnet of this report"]);
    }

    [Fact]
    public void The_map_cuts_pools_by_the_plans_own_rule()
    {
        var options = new PlanningOptions { MaxDrop = 1, Hard = HardRule.LowConfidenceAndVariability };
        Assert.Equal(HardRule.LowConfidenceAndVariability, Inputs(options).DataMap!.HardRule);
    }

    [Fact]
    public void The_map_says_where_pools_are_cut_by_each_tiers_own_exit()
    {
        var own = Inputs(map: new MetricsChoice { IsOwn = true }).DataMap!;
        Assert.True(own.HasOwnExitPools);
        Assert.Null(own.Thresholds);
        Assert.False(Inputs().DataMap!.HasOwnExitPools);
    }

    [Fact]
    public void What_the_training_warned_of_is_shown()
    {
        Record(RuntimeInformation.FrameworkDescription);
        Assert.Equal(["Exit 2 answers all samples alike."], Inputs().Training!.Warnings);
    }

    [Fact]
    public void An_evaluation_is_all_that_a_program_hands_in()
    {
        var run = Run.Open(_run.Path);
        var choices = PlanChoices.Default with { Options = new PlanningOptions { MaxDrop = 1 } };
        Assert.True(run.Plan("pools", choices: choices).TryGet(out var plan, out _));
        var inputs = RunReport.Inputs(run.Evaluate(plan), plan, commands: []);
        Assert.Equal(1, inputs.MaxDrop);
        Assert.Equal(
            Inputs().Evaluations[0].Frontier!.Series.Select(series => series.Name),
            inputs.Evaluations[0].Frontier!.Series.Select(series => series.Name));
        Assert.Equal("pools", inputs.Evaluations[0].Frontier!.Chosen!.Label);
    }

    private ReportInputs Inputs(PlanningOptions? options = null, MetricsChoice? map = null)
    {
        var run = new RunFolder(_run.Path);
        var planner = new Planner(
            PlanInputs.Read(run, costs: null, new PlanChoices(options ?? new PlanningOptions { MaxDrop = 1 }, map ?? new MetricsChoice())));
        var planned = Assert.IsType<PlanOutcome.Planned>(planner.Plan("pools"));
        var dev = _run.Read("dev");
        return RunReport.Inputs(
            run, RunEvaluation.AtAllCosts(planner, dev, "made"), dev, planned.Plan, 1, served: null, ["dimec report run"]);
    }

    /// <summary>The record of a training that was made on this machine, by a .NET of its own.</summary>
    private void Record(string dotnet) => File.WriteAllText(
        Path.Combine(_run.Path, "run.json"),
        JsonSerializer.Serialize(new
        {
            format = 1,
            state = "finished",
            settings = new { epochs = 4, exits = new[] { 2, 4, 6 } },
            backbone = new { name = "made" },
            data = new { name = "made", pair = false, labels = new[] { "a", "b" }, parts = new { train = new { samples = 80 } } },
            machine = new
            {
                dotnet,
                os = RuntimeInformation.OSDescription,
                architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            },
            notes = new { },
            results = new { samplesPerSecond = 9.5, warnings = new[] { "Exit 2 answers all samples alike." } },
        }));
}
