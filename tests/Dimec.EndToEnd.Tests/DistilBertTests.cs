using System.Text.Json;
using Dimec.Checkpoints.Architectures;

namespace Dimec.EndToEnd.Tests;

/// <summary>The whole way with an encoder whose tokens have no types, on pairs of texts: nothing behind it knows of types.</summary>
public sealed class DistilBertTests
{
    [Fact]
    public async Task A_DistilBERT_goes_the_whole_way_without_token_types()
    {
        using var folder = new TemporaryFolder();
        var (data, run, plan, bundle) = (folder.File("pairs.tsv"), folder.File("run"), folder.File("plan.json"), folder.File("bundle"));
        File.WriteAllText(data, "text\tother\tlabel\n" + string.Concat(Enumerable.Range(0, 120).Select(Row)));
        var backbone = MadeCheckpoint.Write(folder.File("encoder"), architecture: DistilBert.Architecture);
        await Tool.DoneAsync(
            "train", "--data", data, "--pair-column", "other", "--backbone", backbone, "--exits", "1,2,3", "--epochs", "2", "--threads",
            "1", "--out", run);
        Assert.Contains(
            "\"model_type\": \"distilbert\"", File.ReadAllText(Path.Combine(run, "model", "config.json")), StringComparison.Ordinal);
        await Tool.DoneAsync("map", run);
        await Tool.DoneAsync("plan", run, "--policy", "edge", "--max-drop", "1", "--out", plan);
        await Tool.DoneAsync("evaluate", run);
        await Tool.DoneAsync("export", run, "--plan", plan, "--out", bundle);

        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(bundle, "bundle.json")));
        Assert.True(manifest.RootElement.GetProperty("hasPair").GetBoolean());
        Assert.False(manifest.RootElement.GetProperty("usesTokenTypes").GetBoolean());
        Assert.DoesNotContain(
            "token_type", File.ReadAllText(Path.Combine(bundle, "edge.onnx"), System.Text.Encoding.Latin1), StringComparison.Ordinal);

        await using var edge = await ServedTier.StartAsync(bundle, "edge");
        using var http = new HttpClient();
        var metadata = await http.GetStringAsync(new Uri(edge.Http, "v2/models/dimec_edge"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("token_type_ids", metadata, StringComparison.Ordinal);
        foreach (var url in new[] { edge.Grpc, edge.Http.ToString() })
        {
            var answer = await Tool.DoneAsync(
                "classify", bundle, "--edge", url, "--timeout", "60", "--json", "rain and wind tomorrow\tthe match ended in a draw");
            using var line = JsonDocument.Parse(answer.Output);
            Assert.Equal("edge", line.RootElement.GetProperty("tier").GetString());
            Assert.False(line.RootElement.GetProperty("fallback").GetBoolean());
        }
    }

    private static string Row(int i) =>
        i % 2 == 0 ? $"rain and wind number {i}\ttomorrow\tweather\n" : $"the match number {i}\tended in a draw\tsport\n";
}
