namespace Dimec.EndToEnd.Tests;

/// <summary>A wrong call: exit code 2, a sentence that says what, and nothing written.</summary>
public sealed class BadCallTests(MadeRun made) : RefusedCalls
{
    [Fact]
    public async Task What_the_tool_does_not_know_is_named()
    {
        await RefusedAsync(["frobnicate"], "command was not provided", "'frobnicate'");
        await RefusedAsync(["map", made.Run, "--epochs", "3"], "'--epochs'", "'3'");
        await RefusedAsync(["train"], "'--data' is required", "'--out' is required");
    }

    [Fact]
    public async Task An_option_that_classify_does_not_know_is_no_text()
    {
        await RefusedAsync(["classify", made.Bundle, "--box", "grpc://localhost:8001", "rain"], "--box: is no option of classify");
        var done = await Tool.DoneAsync("classify", made.Bundle, "--", "--box", "-- rain");
        Assert.Equal(2, done.Output.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task What_is_no_number_is_named_with_its_option()
    {
        await RefusedAsync(
            ["plan", made.Run, "--policy", "edge", "--max-drop", "half", "--burn-out", "last", "--out", Folder.File("plan.json")],
            "--max-drop half: is no number", "--burn-out last: is no whole number");
    }

    [Fact]
    public async Task A_file_in_the_way_of_a_folder_and_a_folder_in_the_way_of_a_file_are_named()
    {
        File.WriteAllText(Folder.File("file"), "mine");
        Directory.CreateDirectory(Folder.File("folder"));
        string[] plan = ["plan", made.Run, "--policy", "edge", "--max-drop", "1", "--out"];

        await RefusedAsync(["map", made.Run, "--out", Folder.File("file")], $"{Folder.File("file")} is a file and no folder");
        await RefusedAsync([.. plan, Folder.File("folder")], $"{Folder.File("folder")}: is a folder, where a file is to be written");
        await RefusedAsync([.. plan, Folder.File("file", "plan.json")], $"{Folder.File("file")} is a file and no folder");
        await RefusedAsync(
            ["export", made.Run, "--plan", made.EdgePlan, "--out", Folder.File("file")], $"{Folder.File("file")}: is a file");
    }

    [Fact]
    public async Task A_run_that_is_none_is_named()
    {
        await RefusedAsync(["map", Folder.File("none")], $"{Folder.File("none")}: is no folder");
        await RefusedAsync(
            ["evaluate", Folder.Path], $"{Folder.File("predictions", "selection.jsonl")}: holds no predictions of the part 'selection'",
            "of the part 'dev'");
        await RefusedAsync(
            ["export", Folder.Path, "--plan", made.EdgePlan, "--out", Folder.File("bundle")], $"{Folder.File("model")}: is no folder");
        await RefusedAsync(["map", made.Run, "--exit", "7"], "--exit 7: ");
    }

    [Fact]
    public async Task Mistakes_in_options_files_and_the_run_are_reported_together()
    {
        var run = CopyOf(made.Run);
        MadeRun.Edit(Path.Combine(run, "predictions", "selection.jsonl"), (number, line) => number == 2 ? "{" : line);
        File.Delete(Path.Combine(run, "embeddings", "train.guids"));
        File.WriteAllText(Folder.File("costs.json"), "[]");

        await RefusedAsync(
            ["plan", run, "--policy", "pools", "--max-drop", "2", "--costs", Folder.File("costs.json"), "--out", Folder.File("plan.json")],
            "--max-drop: is 2", "selection.jsonl line 2: ends within an object", $"{Folder.File("costs.json")}: is an array",
            "train.guids: is absent");
        await RefusedAsync(
            ["evaluate", made.Run, "--plan", Folder.File(
                "none.json"), "--part", "test", "--grid-levels", "0", "--costs", Folder.File("costs.json")],
            "--part test: is no part", $"{Folder.File("none.json")}: does not exist", "--grid-levels: is 0",
            $"{Folder.File("costs.json")}: is an array");
        await RefusedAsync(
            [
                "filter",
                made.Run,
                "--metric",
                "beauty",
                "--fraction",
                "7",
                "--data",
                Folder.File("none.tsv"),
                "--out",
                Folder.File("out.tsv"),
            ],
            "--metric beauty: is no metric", "--fraction: is 7", $"{Folder.File("none.tsv")}: does not exist");
        await RefusedAsync(
            ["export", Folder.File("run"), "--plan", Folder.File("costs.json"), "--out", Folder.File("bundle")],
            $"{Folder.File("costs.json")}: is an array");
        await RefusedAsync(
            ["plan", made.Run, "--policy", "fog", "--max-drop", "2", "--out", Folder.File("plan.json")], "--max-drop: is 2",
            "--policy: 'fog' is no policy");
    }
}
