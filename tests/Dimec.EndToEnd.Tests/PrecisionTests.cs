using System.Text.Json.Nodes;

namespace Dimec.EndToEnd.Tests;

/// <summary>int8 the whole way: exported, recorded, planned on what its exits say, exported with that plan, served and asked.</summary>
public sealed class PrecisionTests(MadeRun made)
{
    [Fact]
    public async Task A_plan_made_on_int8_exits_is_exported_with_the_runs_model_and_served()
    {
        using var folder = new TemporaryFolder();
        var (first, recorded, plan, bundle) = (folder.File("first"), folder.File("run8"), folder.File("plan.json"), folder.File("bundle"));
        var exported = await Tool.DoneAsync("export", made.Run, "--plan", made.EdgePlan, "--int8", "--out", first);
        Assert.Contains("was chosen on fp32 exits, and int8 exits have confidences of their own", exported.Error, StringComparison.Ordinal);
        await Tool.DoneAsync("predict", first, "--run", made.Run, "--out", recorded);

        // A folder like a run's, so that it is planned and evaluated as one.
        await Tool.DoneAsync("plan", recorded, "--policy", "pools", "--max-drop", "1", "--out", plan);
        await Tool.DoneAsync("evaluate", recorded, "--plan", plan);
        var exits = JsonNode.Parse(File.ReadAllText(plan))!["exits"]!;
        Assert.Equal("int8", (string?)exits["precision"]);
        Assert.Equal(64, ((string?)exits["bundle"])!.Length);
        exported = await Tool.DoneAsync("export", made.Run, "--plan", plan, "--precision", "int8", "--out", bundle);
        Assert.Equal("", exported.Error);
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(bundle, "bundle.json")))!;
        Assert.Equal(("int8", "int8"), ((string?)manifest["precision"], (string?)manifest["embeddings"]!["word"]!["numbers"]));

        await using var edge = await ServedTier.StartAsync(bundle, "edge");
        await using var cloud = await ServedTier.StartAsync(bundle, "cloud");
        var answers = await Tool.DoneAsync(
            "classify", bundle, "--edge", edge.Grpc, "--cloud", cloud.Grpc, "--json", "rain and wind tomorrow", "a draw");
        Assert.All(
            answers.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.False((bool)JsonNode.Parse(line)!["fallback"]!));
    }

    [Fact]
    public async Task Data_alone_are_recorded_as_a_folder_of_predictions()
    {
        using var folder = new TemporaryFolder();
        var data = MadeData.WriteTsv(folder.File("weather.tsv"));
        await Tool.DoneAsync("predict", made.Bundle, "--data", data, "--out", folder.File("recorded"));

        await Tool.DoneAsync("plan", folder.File("recorded"), "--policy", "cascade", "--max-drop", "1", "--out", folder.File("plan.json"));
        var row = JsonNode.Parse(File.ReadLines(folder.File("recorded", "predictions", "dev.jsonl")).First())!;
        Assert.Equal(["1", "2", "3"], row["logits"]!.AsObject().Select(exit => exit.Key));
        Assert.Equal(24, row["embedding"]!.AsArray().Count);
        // It may be written again, and nothing else may stand there.
        await Tool.DoneAsync("predict", made.Bundle, "--data", data, "--out", folder.File("recorded"));
    }

    [Fact]
    public async Task What_does_not_fit_is_said_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        var data = MadeData.WriteTsv(folder.File("weather.tsv"));
        var run = MadeRun.Copy(made.Run, folder.File("run"));
        await Tool.RefusedAsync(
            folder.Path, ["predict", made.Bundle, "--out", folder.File("out")], "--data: is missing, and so is --run; name the run");
        await Tool.RefusedAsync(
            folder.Path, ["predict", made.Bundle, "--data", data, "--out", run], $"--out {run}: is not empty and holds no exits.json");
        await Tool.RefusedAsync(
            folder.Path, ["export", run, "--plan", made.EdgePlan, "--out", folder.File("bundle"), "--int8", "--precision", "fp16"],
            "--int8 and --precision fp16: contradict each other; give one of them.");
        await Tool.RefusedAsync(
            folder.Path, ["export", run, "--plan", made.EdgePlan, "--out", folder.File("bundle"), "--precision", "int4"],
            "--precision int4: is not known; use one of fp32, fp16, int8.");
        MadeRun.Edit(Path.Combine(run, "predictions", "selection.jsonl"), (_, line) => line + " ");
        await Tool.RefusedAsync(
            folder.Path, ["predict", made.Bundle, "--run", run, "--out", folder.File("out")],
            "selection.jsonl: is not the file that the bundle's plan was made from; give the run");
    }

    [Fact]
    public async Task A_plan_of_another_models_int8_exits_is_refused()
    {
        using var folder = new TemporaryFolder();
        var (first, recorded, plan) = (folder.File("first"), folder.File("run8"), folder.File("plan.json"));
        await Tool.DoneAsync("export", made.Run, "--plan", made.EdgePlan, "--int8", "--out", first);
        await Tool.DoneAsync("predict", first, "--run", made.Run, "--out", recorded);
        await Tool.DoneAsync("plan", recorded, "--policy", "edge", "--max-drop", "1", "--out", plan);
        var run = MadeRun.Copy(made.Run, folder.File("run"));
        var weights = Path.Combine(run, "model", "model.safetensors");
        var bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);

        await Tool.RefusedAsync(
            folder.Path, ["export", run, "--plan", plan, "--int8", "--out", folder.File("bundle")],
            $"{weights}: is not the file that {plan} was made from");
    }
}
