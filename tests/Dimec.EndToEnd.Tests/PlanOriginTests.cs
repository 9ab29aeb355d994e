using System.Text.Json.Nodes;

namespace Dimec.EndToEnd.Tests;

/// <summary>A plan says which files it was made from: <c>export</c> refuses one of another run, <c>evaluate</c> says so.</summary>
public sealed class PlanOriginTests(MadeRun made)
{
    [Fact]
    public async Task A_bundle_is_not_made_of_one_runs_model_and_another_runs_plan()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRun.Copy(made.Run, folder.File("run"));
        var (selection, guids) = (Path.Combine(run, "predictions", "selection.jsonl"), Path.Combine(run, "embeddings", "train.guids"));
        MadeRun.Edit(
            selection, (number, line) => number == 1 ? line.Replace("\"gold\":0", "\"gold\":1", StringComparison.Ordinal) + " " : line);
        File.AppendAllText(guids, "\n");

        await Tool.RefusedAsync(
            folder.Path, ["export", run, "--plan", made.EdgePlan, "--out", folder.File("bundle")],
            $"{guids}: is not the file that {made.EdgePlan} was made from",
            $"{selection}: is not the file that {made.EdgePlan} was made from; plan again on this run");
    }

    [Fact]
    public async Task Files_that_the_run_no_longer_holds_are_noted()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRun.Copy(made.Run, folder.File("run"));
        Directory.Delete(Path.Combine(run, "embeddings"), recursive: true);

        var result = await Tool.DoneAsync("export", run, "--plan", made.EdgePlan, "--out", folder.File("bundle"));
        Assert.Contains("embeddings/train.guids", result.Error, StringComparison.Ordinal);
        Assert.Contains("not known whether", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_names_no_files_is_taken_with_a_note()
    {
        using var folder = new TemporaryFolder();
        var plan = JsonNode.Parse(File.ReadAllText(made.EdgePlan))!.AsObject();
        plan["madeFrom"] = new JsonObject();
        File.WriteAllText(folder.File("plan.json"), plan.ToJsonString());

        var result = await Tool.DoneAsync("export", made.Run, "--plan", folder.File("plan.json"), "--out", folder.File("bundle"), "--json");
        Assert.Contains($"{folder.File("plan.json")} does not say which files it was made from", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "not known", (await Tool.DoneAsync("export", made.Run, "--plan", made.EdgePlan, "--out", folder.File("other"))).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_may_be_evaluated_on_another_run_which_is_noted()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRun.Copy(made.Run, folder.File("run"));
        MadeRun.Edit(Path.Combine(run, "predictions", "selection.jsonl"), (_, line) => line + " ");

        var result = await Tool.DoneAsync("evaluate", run, "--plan", made.EdgePlan, "--json");
        Assert.Contains("was made from another run's files (predictions/selection.jsonl)", result.Error, StringComparison.Ordinal);
        Assert.Equal("", (await Tool.DoneAsync("evaluate", made.Run, "--plan", made.EdgePlan, "--out", folder.Path)).Error);
    }
}
