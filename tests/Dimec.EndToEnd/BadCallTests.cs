using Dimec.Tests;

namespace Dimec.EndToEnd;

/// <summary>A wrong call: exit code 2, a sentence that says what, and nothing written.</summary>
public sealed class BadCallTests(MadeRun made)
{
    [Fact]
    public async Task What_the_tool_does_not_know_is_named()
    {
        using var folder = new TemporaryFolder();

        await Tool.RefusedAsync(folder.Path, ["frobnicate"], "command was not provided", "'frobnicate'");
        await Tool.RefusedAsync(folder.Path, ["map", made.Run, "--epochs", "3"], "'--epochs'", "'3'");
        await Tool.RefusedAsync(folder.Path, ["train"], "'--data' is required", "'--out' is required");
    }

    [Fact]
    public async Task An_option_that_classify_does_not_know_is_no_text()
    {
        using var folder = new TemporaryFolder();

        await Tool.RefusedAsync(folder.Path, ["classify", made.Bundle, "--box", "grpc://localhost:8001", "rain"], "--box: is no option of classify");
        var done = await Tool.DoneAsync("classify", made.Bundle, "--", "--box", "-- rain");
        Assert.Equal(2, done.Output.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task What_is_no_number_is_named_with_its_option()
    {
        using var folder = new TemporaryFolder();

        await Tool.RefusedAsync(
            folder.Path, ["plan", made.Run, "--policy", "edge", "--max-drop", "half", "--burn-out", "last", "--out", folder.File("plan.json")],
            "--max-drop half: is no number", "--burn-out last: is no whole number");
    }

    [Fact]
    public async Task A_file_in_the_way_of_a_folder_and_a_folder_in_the_way_of_a_file_are_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "mine");
        Directory.CreateDirectory(folder.File("folder"));
        string[] plan = ["plan", made.Run, "--policy", "edge", "--max-drop", "1", "--out"];

        await Tool.RefusedAsync(folder.Path, ["map", made.Run, "--out", folder.File("file")], $"{folder.File("file")} is a file and no folder");
        await Tool.RefusedAsync(folder.Path, [.. plan, folder.File("folder")], $"{folder.File("folder")}: is a folder, where a file is to be written");
        await Tool.RefusedAsync(folder.Path, [.. plan, folder.File("file", "plan.json")], $"{folder.File("file")} is a file and no folder");
        await Tool.RefusedAsync(folder.Path, ["export", made.Run, "--plan", made.EdgePlan, "--out", folder.File("file")], $"{folder.File("file")}: is a file");
    }

    [Fact]
    public async Task A_run_that_is_none_is_named()
    {
        using var folder = new TemporaryFolder();

        await Tool.RefusedAsync(folder.Path, ["map", folder.File("none")], $"{folder.File("none")}: is no folder");
        await Tool.RefusedAsync(folder.Path, ["evaluate", folder.Path], $"{folder.File("predictions", "selection.jsonl")}: holds no predictions of the part 'selection'", "of the part 'dev'");
        await Tool.RefusedAsync(folder.Path, ["export", folder.Path, "--plan", made.EdgePlan, "--out", folder.File("bundle")], $"{folder.File("model")}: is no folder");
        await Tool.RefusedAsync(folder.Path, ["map", made.Run, "--exit", "7"], "--exit 7: ");
    }

    [Fact]
    public async Task Mistakes_in_options_files_and_the_run_are_reported_together()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRun.Copy(made.Run, folder.File("run"));
        MadeRun.Edit(Path.Combine(run, "predictions", "selection.jsonl"), (number, line) => number == 2 ? "{" : line);
        File.Delete(Path.Combine(run, "embeddings", "train.guids"));
        File.WriteAllText(folder.File("costs.json"), "[]");

        await Tool.RefusedAsync(
            folder.Path, ["plan", run, "--policy", "pools", "--max-drop", "2", "--costs", folder.File("costs.json"), "--out", folder.File("plan.json")],
            "--max-drop: is 2", "selection.jsonl line 2: is not well-formed JSON", $"{folder.File("costs.json")}: is an array", "train.guids: is absent");
        await Tool.RefusedAsync(
            folder.Path, ["evaluate", made.Run, "--plan", folder.File("none.json"), "--part", "test", "--grid-levels", "0", "--costs", folder.File("costs.json")],
            "--part test: is no part", $"{folder.File("none.json")}: does not exist", "--grid-levels: is 0", $"{folder.File("costs.json")}: is an array");
        await Tool.RefusedAsync(
            folder.Path, ["filter", made.Run, "--metric", "beauty", "--fraction", "7", "--data", folder.File("none.tsv"), "--out", folder.File("out.tsv")],
            "--metric beauty: is no metric", "--fraction: is 7", $"{folder.File("none.tsv")}: does not exist");
        await Tool.RefusedAsync(
            folder.Path, ["export", folder.File("run"), "--plan", folder.File("costs.json"), "--out", folder.File("bundle")], $"{folder.File("costs.json")}: is an array");
        await Tool.RefusedAsync(folder.Path, ["plan", made.Run, "--policy", "fog", "--max-drop", "2", "--out", folder.File("plan.json")], "--max-drop: is 2", "--policy: 'fog' is no policy");
    }
}
