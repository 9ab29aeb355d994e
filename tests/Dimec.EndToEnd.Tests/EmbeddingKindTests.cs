using System.Globalization;
using System.Text.Json.Nodes;

namespace Dimec.EndToEnd.Tests;

/// <summary>
/// What e(x) is made of goes the whole way with a run: into its plans and bundles, and never beside embeddings of another kind.
/// </summary>
public sealed class EmbeddingKindTests(MadeRun made)
{
    [Theory]
    [InlineData("sum", 24)]
    [InlineData("token-norms", 20)]
    public async Task A_kind_goes_from_the_training_to_the_client(string kind, int size)
    {
        using var folder = new TemporaryFolder();
        var (run, plan, bundle) = (folder.File("run"), folder.File("plan.json"), folder.File("bundle"));
        var data = MadeData.WriteTsv(folder.File("weather.tsv"));
        await Tool.DoneAsync(
            "train", "--data", data, "--backbone", MadeCheckpoint.Write(folder.File("encoder")), "--exits", "1,2,3", "--epochs", "2",
            "--threads", "1", "--max-length", "20", "--embedding", kind, "--out", run);
        await Tool.DoneAsync("plan", run, "--policy", "pools", "--max-drop", "1", "--out", plan);
        var parameters = JsonNode.Parse(File.ReadAllText(plan))!["parameters"]!;
        Assert.Equal(kind, (string?)parameters["embeddingKind"]);
        Assert.All(parameters["centroids"]!.AsObject(), centroid => Assert.Equal(size, centroid.Value!.AsArray().Count));
        await Tool.DoneAsync("evaluate", run, "--plan", plan);
        await Tool.DoneAsync("export", run, "--plan", plan, "--out", bundle);
        Assert.Equal(kind, (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(bundle, "bundle.json")))!["embeddings"]!["kind"]);

        // With no tier but the mobile, a text that is routed to another is answered in its place, and the reply says so.
        var dev = File.ReadAllLines(Path.Combine(run, "predictions", "dev.jsonl")).Select(line => JsonNode.Parse(line)!).ToArray();
        var rows = File.ReadAllLines(data)[1..];
        var answers = await Tool.DoneAsync(
        [
            "classify",
            bundle,
            "--json",
            .. dev.Select(row => rows[int.Parse(((string)row["guid"]!)["train-".Length..], CultureInfo.InvariantCulture)].Split('\t')[0]),
        ]);
        Assert.Equal(
            dev.Select(row => Nearest(parameters["centroids"]!, row["embedding"]!) != "mobile"),
            answers.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (bool)JsonNode.Parse(line)!["fallback"]!));

        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(bundle, "bundle.json")))!;
        manifest["embeddings"]!["pooling"] = "mean";
        manifest["embeddings"]!.AsObject().Remove("kind");
        File.WriteAllText(Path.Combine(bundle, "bundle.json"), manifest.ToJsonString());
        await Tool.RefusedAsync(
            folder.Path, ["classify", bundle, "rain"],
            $"plan.json: routes by embeddings {kind} of {size} numbers where bundle.json has layer-norm of 24");

        // A run of another kind takes neither the plan nor, with it, a bundle.
        await Tool.RefusedAsync(
            folder.Path, ["evaluate", made.Run, "--plan", plan],
            $"holds embeddings of the kind layer-norm where the plan routes by {kind}");
        await Tool.RefusedAsync(
            folder.Path, ["export", made.Run, "--plan", plan, "--out", folder.File("other")], "train.safetensors: is not the file that",
            "selection.jsonl: is not the file that");
        var foreign = JsonNode.Parse(File.ReadAllText(plan))!;
        foreign["madeFrom"] = new JsonObject();
        File.WriteAllText(plan, foreign.ToJsonString());
        await Tool.RefusedAsync(
            folder.Path, ["export", made.Run, "--plan", plan, "--out", folder.File("other")],
            $"plan parameters.embeddingKind: is {kind}, where the run's embeddings are of the kind layer-norm");
    }

    [Fact]
    public async Task An_unknown_kind_is_refused_with_those_that_there_are()
    {
        using var folder = new TemporaryFolder();
        var data = MadeData.WriteTsv(folder.File("weather.tsv"));
        await Tool.RefusedAsync(
            folder.Path, ["train", "--data", data, "--embedding", "norms", "--out", folder.File("run")],
            "--embedding norms: is not known; use one of layer-norm, sum, token-norms.");
    }

    [Fact]
    public async Task A_record_and_embeddings_of_different_kinds_are_refused()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRun.Copy(made.Run, folder.File("run"));
        var record = Path.Combine(run, "run.json");
        File.WriteAllText(record, File.ReadAllText(record).Replace("\"layer-norm\"", "\"sum\"", StringComparison.Ordinal));

        await Tool.RefusedAsync(
            folder.Path, ["plan", run, "--policy", "pools", "--out", folder.File("plan.json")],
            "train.safetensors: holds embeddings of the kind layer-norm where run.json says sum");
    }

    [Fact]
    public async Task A_plan_for_longer_embeddings_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("plan.json");
        await Tool.DoneAsync("plan", made.Run, "--policy", "pools", "--max-drop", "1", "--out", path);
        var plan = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (var (_, centroid) in plan["parameters"]!["centroids"]!.AsObject())
            centroid!.AsArray().Add(0);
        File.WriteAllText(path, plan.ToJsonString());

        await Tool.RefusedAsync(
            folder.Path, ["evaluate", made.Run, "--plan", path],
            "selection.jsonl: has embeddings of 24 numbers where the plan routes by 25");
    }

    private static string Nearest(JsonNode centroids, JsonNode embedding) => centroids.AsObject()
        .MinBy(centroid => centroid.Value!.AsArray().Zip(embedding.AsArray(), (c, e) => Math.Pow((double)c! - (double)e!, 2)).Sum()).Key;
}
