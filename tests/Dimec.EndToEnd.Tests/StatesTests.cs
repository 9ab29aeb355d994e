using System.Text.Json.Nodes;

namespace Dimec.EndToEnd.Tests;

/// <summary>Pooled states go from a training, or from a later call on a finished run, into a plan of dimee and its evaluation.</summary>
public sealed class StatesTests
{
    [Fact]
    public async Task States_are_recorded_with_a_training_or_added_to_a_finished_one_and_planned_with()
    {
        using var folder = new TemporaryFolder();
        var (run, later, plan) = (folder.File("run"), folder.File("later"), folder.File("plan.json"));
        string[] call =
        [
            "train", "--data", MadeData.WriteTsv(folder.File("weather.tsv")), "--backbone", MadeCheckpoint.Write(folder.File("encoder")),
            "--exits", "1,2,3", "--epochs", "2", "--threads", "1",
        ];
        await Tool.DoneAsync([.. call, "--out", later]);
        await Tool.RefusedAsync(
            folder.Path, ["plan", later, "--policy", "dimee", "--out", plan],
            "policy: 'dimee' makes its pools of the training samples as the exits see them, "
            + "and predictions/train.jsonl is absent; train with --states 1");
        await Tool.RefusedAsync(
            folder.Path, [.. call, "--states", "4,one", "--out", later], "--states: is '4,one', where 'one' is no layer number",
            "--states: names layer 4, which gets no exit");

        await Tool.DoneAsync([.. call, "--states", "1", "--out", run]);
        Assert.Contains(
            "(it was finished already)", (await Tool.DoneAsync([.. call, "--states", "1", "--out", later])).Output,
            StringComparison.Ordinal);
        Assert.All(["selection", "calibration", "dev", "train"], part => Assert.Equal(
            File.ReadAllText(Path.Combine(run, "predictions", part + ".jsonl")),
            File.ReadAllText(Path.Combine(later, "predictions", part + ".jsonl"))));

        await Tool.DoneAsync("plan", later, "--policy", "dimee", "--max-drop", "1", "--out", plan);
        var written = JsonNode.Parse(File.ReadAllText(plan))!;
        Assert.All(written["parameters"]!["centroids"]!.AsObject(), centroid => Assert.Equal(24, centroid.Value!.AsArray().Count));
        Assert.Contains("predictions/train.jsonl", written["madeFrom"]!.AsObject().Select(file => file.Key));
        await Tool.DoneAsync("evaluate", later, "--plan", plan);
        var evaluation = JsonNode.Parse(File.ReadAllText(Path.Combine(later, "evaluation.json")))!;
        var row = Assert.Single(evaluation["policies"]!.AsArray(), policy => (string?)policy!["name"] == "dimee")!;
        Assert.Equal(["alpha", "temperatures", "droppedTiers"], row["parameters"]!.AsObject().Select(parameter => parameter.Key));
        await Tool.DoneAsync("plan", later, "--policy", "pools", "--max-drop", "1", "--out", plan);
        // The embeddings of the training samples lie beside their predictions.
        Assert.Contains(
            "Warning: ",
            (await Tool.DoneAsync("evaluate", later, "--plan", plan, "--part", "train", "--out", folder.File("memorised"))).Output,
            StringComparison.Ordinal);
        await Tool.DoneAsync("report", later);
        await Tool.DoneAsync("plan", later, "--policy", "dimee", "--max-drop", "1", "--out", plan);
        await Tool.RefusedAsync(folder.Path, ["export", later, "--plan", plan, "--out", folder.File("bundle")], "'dimee' cannot be served");
    }

    [Fact]
    public async Task Embeddings_of_a_train_part_stand_for_the_embeddings_with_states_or_without()
    {
        using var run = new PredictedRun();
        Assert.False(Directory.Exists(run.File("run", "embeddings")));
        await Tool.DoneAsync("plan", run.Path, "--policy", "pools", "--max-drop", "1", "--out", run.File("plan.json"));
        var before = await File.ReadAllTextAsync(run.File("plan.json"), TestContext.Current.CancellationToken);
        foreach (var part in (string[])["train", "selection", "dev"])
        {
            MadeRun.Edit(run.File("run", "predictions", part + ".jsonl"), (_, line) =>
            {
                var row = JsonNode.Parse(line)!;
                row["states"] = new JsonObject { ["2"] = row["embedding"]!.DeepClone() };
                return row.ToJsonString();
            });
        }

        await Tool.DoneAsync("plan", run.Path, "--policy", "dimee", "--max-drop", "1", "--out", run.File("dimee.json"));
        await Tool.DoneAsync("plan", run.Path, "--policy", "pools", "--max-drop", "1", "--out", run.File("plan.json"));
        Assert.Equal(
            Centroids(before), Centroids(await File.ReadAllTextAsync(run.File("plan.json"), TestContext.Current.CancellationToken)));
        await Tool.DoneAsync("evaluate", run.Path, "--cross-fit", "1");
        await Tool.DoneAsync("evaluate", run.Path, "--part", "train");
    }

    private static string Centroids(string plan) => JsonNode.Parse(plan)!["parameters"]!["centroids"]!.ToJsonString();
}
