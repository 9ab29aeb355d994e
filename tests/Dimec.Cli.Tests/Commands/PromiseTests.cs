using System.Text.Json;
using Dimec.Files;
using Dimec.Predictions;

namespace Dimec.Cli.Tests.Commands;

/// <summary><c>plan --confidence</c>: a promise that is kept, one that is not possible, and calls that cannot be meant.</summary>
public sealed class PromiseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PromiseTests()
    {
        Write("selection", MadeTraffic.Of(PartNames.Selection, 800, seed: 1));
        Write("calibration", MadeTraffic.Of(PartNames.Calibration, 2000, seed: 2, prefix: "c"));
        Write("few", MadeTraffic.Of(PartNames.Calibration, 60, seed: 3, labelled: false, prefix: "f"));
        Write("served", MadeTraffic.Of(PartNames.Calibration, 2000, seed: 4, labelled: false, prefix: "v"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_promise_is_in_the_plan_with_what_it_was_tested_on()
    {
        var (code, screen) = await PlanAsync("--max-drop", "0.01", "--confidence", "0.95", "--json");
        Assert.Equal((ExitCodes.Done, ""), (code, screen.Error));
        var plan = JsonDocument.Parse(screen.Out).RootElement;
        var promise = plan.GetProperty("promise");
        Assert.Equal(
            (0.01, 0.95, 2000, "exact", "lost"),
            (promise.GetProperty("maxDrop").GetDouble(), promise.GetProperty("confidence").GetDouble(), promise.GetProperty("n").GetInt32(),
                promise.GetProperty("method").GetString(), promise.GetProperty("loss").GetString()));
        Assert.InRange(promise.GetProperty("bound").GetDouble(), 0, 0.01);
        Assert.True(plan.GetProperty("expected").GetProperty("reduction").GetDouble() > 0);
        Assert.Equal(
            FileHash.Of(Predictions("calibration")), plan.GetProperty("madeFrom").GetProperty("predictions/calibration.jsonl").GetString());
    }

    [Fact]
    public async Task Without_labels_agreement_is_promised()
    {
        var (code, screen) = await PlanAsync("--max-drop", "0.01", "--confidence", "0.95", "--calibration", Predictions("served"));
        Assert.Equal((ExitCodes.Done, ""), (code, screen.Error));
        Assert.Contains("differ from", string.Join(' ', screen.Lines), StringComparison.Ordinal);
        Assert.Contains(screen.Lines, line => line.Contains("saved on calibration", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_possible_leaves_everything_to_the_reference_and_says_what_would_do()
    {
        var (code, screen) = await PlanAsync("--max-drop", "0.005", "--confidence", "0.95", "--calibration", Predictions("few"));
        Assert.Equal(ExitCodes.NotPossible, code);
        Assert.Contains("not possible: None of ", screen.Error, StringComparison.Ordinal);
        Assert.Contains("about 598 samples", screen.Error, StringComparison.Ordinal);
        var plan = JsonDocument.Parse(File.ReadAllBytes(_folder.File("plan.json"))).RootElement;
        Assert.Contains(plan.GetProperty("policy").GetString(), new[] { "cloud", "stacked-cloud" });
        Assert.Equal(JsonValueKind.Null, plan.GetProperty("promise").ValueKind);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_call_is_said_together_and_nothing_is_written()
    {
        var (code, screen) = await PlanAsync(
            "--confidence", "1.5", "--min-accuracy", "90", "--bound", "normal", "--procedure", "luck", "--scope", "town");
        Assert.Equal(ExitCodes.BadInput, code);
        foreach (var option in new[] { "--confidence", "--min-accuracy", "--bound", "--procedure", "--scope" })
            Assert.Contains($"{option}", screen.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("plan.json")));

        (code, screen) = await PlanAsync("--min-accuracy", "0.9", "--calibration", Predictions("served"));
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains("needs labels", screen.Error, StringComparison.Ordinal);
        (code, screen) = await PlanAsync("--confidence", "0.9", "--calibration", Predictions("selection"));
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains($"{Predictions("selection")}: has 800 samples of the part 'selection'", screen.Error, StringComparison.Ordinal);
        (code, screen) = await PlanAsync("--confidence", "0.9", "--calibration", _folder.Path);
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains($"{_folder.Path}: is a folder", screen.Error, StringComparison.Ordinal);
        (code, screen) = await PlanAsync("--confidence", "0.9", "--calibration", Predictions("absent"));
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains("is absent", screen.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("plan.json")));
    }

    private string Predictions(string part) => _folder.File("run", "predictions", part + ".jsonl");

    private void Write(string part, RecordedExits exits)
    {
        Directory.CreateDirectory(_folder.File("run", "predictions"));
        AtomicFile.Write(Predictions(part), exits.Write);
    }

    private async Task<(int Code, Screen Screen)> PlanAsync(params string[] options)
    {
        var screen = new Screen(width: 200);
        string[] call = ["plan", _folder.File("run"), "--policy", "any", "--out", _folder.File("plan.json"), .. options];
        return (await screen.RunAsync(call), screen);
    }
}
