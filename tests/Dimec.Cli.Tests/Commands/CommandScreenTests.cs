using System.Text.Json;

namespace Dimec.Cli.Tests.Commands;

/// <summary>
/// What the commands show of a run: a table and sentences for people, or one JSON document for programs,
/// and nothing else on standard output.
/// </summary>
public sealed class CommandScreenTests : IDisposable
{
    private readonly PredictedRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("map")]
    [InlineData("map", "--suspects", "5")]
    [InlineData("plan", "--policy", "pools", "--max-drop", "1")]
    [InlineData("evaluate")]
    [InlineData("report")]
    public async Task A_window_of_eighty_columns_holds_every_line(string command, params string[] options)
    {
        var screen = new Screen(width: 80);
        Assert.Equal(ExitCodes.Done, await screen.RunAsync([command, _run.Path, .. options, "--out", _run.File("out")]));
        Assert.Equal("", screen.Error);
        Assert.NotEmpty(screen.Lines);
        // Only a path may be longer than the window: it is never broken.
        Assert.All(
            screen.Lines.Where(line => !line.Contains(_run.Folder, StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain('\e', screen.Out);
    }

    [Fact]
    public async Task A_plan_tells_on_how_many_samples_it_was_chosen()
    {
        var screen = new Screen();
        await screen.RunAsync("plan", _run.Path, "--policy", "edge", "--max-drop", "1", "--out", _run.File("plan.json"));
        Assert.Equal(" on the selection part, n = 80", screen.Lines[1]);
        Assert.Equal($"The plan is in {_run.File("plan.json")}.".Split(' ')[^1], screen.Lines[^1].Split(' ')[^1]);
    }

    [Fact]
    public async Task A_plan_tells_how_far_its_drop_can_be_trusted()
    {
        var screen = new Screen(width: 1000);
        Assert.Equal(
            ExitCodes.Done,
            await screen.RunAsync("plan", _run.Path, "--policy", "any", "--max-drop", "0", "--out", _run.File("plan.json")));
        Assert.Matches(@"drop \[95 %\] +−?[0-9.]+ \[−?[0-9.]+, −?[0-9.]+\] points", screen.Out);
        Assert.Contains("on the selection part, n = 80", screen.Out, StringComparison.Ordinal);
        Assert.Contains("Warning: with n = 80 the drop could be up to ", screen.Out, StringComparison.Ordinal);
        var expected = JsonDocument.Parse(await File.ReadAllTextAsync(
            _run.File("plan.json"), TestContext.Current.CancellationToken)).RootElement.GetProperty("expected");
        Assert.Equal((80, 2), (expected.GetProperty("n").GetInt32(), expected.GetProperty("dropInterval").GetArrayLength()));
    }

    [Theory]
    [InlineData("train", "The model was trained on the samples of train")]
    [InlineData("calibration", "Promises are tested on the samples of calibration")]
    [InlineData("dev", null)]
    public async Task A_part_with_a_use_of_its_own_is_reported_with_a_warning(string part, string? warning)
    {
        // Whatever is in the file, it is reported as that part.
        if (part == "calibration")
            File.Copy(_run.File("run", "predictions", "dev.jsonl"), _run.File("run", "predictions", "calibration.jsonl"));
        var (screen, program) = (new Screen(width: 1000), new Screen(width: 1000, isTerminal: false));
        Assert.Equal(ExitCodes.Done, await screen.RunAsync("evaluate", _run.Path, "--part", part, "--out", _run.File("out")));
        Assert.Equal(ExitCodes.Done, await program.RunAsync("evaluate", _run.Path, "--part", part, "--out", _run.File("out"), "--json"));
        var notes = JsonDocument.Parse(program.Out).RootElement
            .GetProperty("notes")
            .EnumerateArray()
            .Select(note => note.GetString()!)
            .ToArray();
        if (warning is null)
        {
            Assert.DoesNotContain("Warning", screen.Out, StringComparison.Ordinal);
            Assert.Equal("", program.Error);
            Assert.Empty(notes);
            return;
        }

        Assert.Contains($"Warning: {warning}", screen.Out, StringComparison.Ordinal);
        Assert.Contains($"warning: {warning}", program.Error, StringComparison.Ordinal);
        Assert.StartsWith(warning, Assert.Single(notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mobile", false)]
    [InlineData("pools", true)]
    public async Task Only_a_plan_that_routes_is_set_against_the_best_single_tier(string policy, bool expected)
    {
        var screen = new Screen();
        await screen.RunAsync("plan", _run.Path, "--policy", policy, "--max-drop", "1", "--out", _run.File("plan.json"));
        Assert.Equal(expected, screen.Out.Contains("best single tier", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Map_tells_a_program_where_its_files_are_and_how_the_metrics_lie()
    {
        var answer = await Json("map", _run.Path, "--exit", "4", "--burn-out", "3", "--out", _run.File("out"), "--json");
        Assert.Equal(
            ["samples", "exit", "epochs", "metrics", "map", "confidence", "variability", "correctness"],
            answer.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            (80, 4, 3),
            (answer.GetProperty("samples").GetInt32(), answer.GetProperty("exit").GetInt32(), answer.GetProperty("epochs").GetInt32()));
        Assert.True(File.Exists(answer.GetProperty("metrics").GetString()));
        Assert.True(File.Exists(answer.GetProperty("map").GetString()));
        var confidence = answer.GetProperty("confidence");
        Assert.InRange(
            confidence.GetProperty("median").GetDouble(), confidence.GetProperty("low").GetDouble(),
            confidence.GetProperty("high").GetDouble());
        Assert.InRange(answer.GetProperty("correctness").GetProperty("high").GetDouble(), 0, 3);
    }

    [Fact]
    public async Task Filter_tells_a_program_how_many_samples_it_chose()
    {
        var data = _run.File("data.tsv");
        await File.WriteAllTextAsync(
            data, "text\tlabel\n" + string.Concat(Enumerable.Range(0, 80).Select(i => $"text {i}\t{i % 2}\n")),
            TestContext.Current.CancellationToken);
        var answer = await Json(
            "filter", _run.Path, "--data", data, "--metric", "variability", "--fraction", "0.5", "--out", _run.File("chosen.tsv"),
            "--json");
        Assert.Equal($$"""{"chosen":41,"of":80,"metric":"variability","out":"{{_run.File("chosen.tsv")}}"}""", answer.GetRawText());
        Assert.Equal(1 + 41, (await File.ReadAllLinesAsync(_run.File("chosen.tsv"), TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Report_tells_a_program_its_verdict()
    {
        var answer = await Json("report", _run.Path, "--max-drop", "1", "--out", _run.File("report.html"), "--json");
        Assert.Equal(["report", "policy", "verdict", "detail", "gain"], answer.EnumerateObject().Select(property => property.Name));
        Assert.Equal("mobile", answer.GetProperty("policy").GetString());
        Assert.Contains(
            answer.GetProperty("verdict").GetString()!.Replace(" %", "\u00a0%", StringComparison.Ordinal),
            await File.ReadAllTextAsync(_run.File("report.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan", "--policy", "edge", "--max-drop", "1")]
    [InlineData("evaluate")]
    public async Task Plan_and_evaluate_print_their_file(string command, params string[] options)
    {
        var answer = await Json([command, _run.Path, .. options, "--out", _run.File("out"), "--json"]);
        var written = command == "plan" ? _run.File("out") : _run.File("out", "evaluation.json");
        Assert.Equal(
            JsonDocument.Parse(await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken)).RootElement.GetRawText(),
            answer.GetRawText());
    }

    private static async Task<JsonElement> Json(params string[] arguments)
    {
        var screen = new Screen(width: 20, isTerminal: false);
        Assert.Equal(ExitCodes.Done, await screen.RunAsync(arguments));
        Assert.Equal("", screen.Error);
        return JsonDocument.Parse(screen.Out).RootElement;
    }
}
