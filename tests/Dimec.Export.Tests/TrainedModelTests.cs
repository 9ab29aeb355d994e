using System.Text.Json;
using Dimec.Checkpoints;
using Dimec.Checkpoints.Architectures;
using Dimec.Inference;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Export.Tests;

/// <summary>The tiers of a bundle, as clients and servers run them, against the model that was trained.</summary>
public sealed class TrainedModelTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("pooler", "mean", Activation.Gelu, false, EmbeddingKind.LayerNorm, "bert")]
    [InlineData("linear", "cls", Activation.GeluTanh, true, EmbeddingKind.Sum, "bert")]
    [InlineData("pooler", "cls", Activation.Relu, true, EmbeddingKind.TokenNorms, "bert")]
    [InlineData("pooler", "mean", Activation.Gelu, true, EmbeddingKind.LayerNorm, "distilbert")]
    [InlineData("linear", "cls", Activation.Relu, true, EmbeddingKind.Sum, "distilbert")]
    public void Every_tier_and_the_router_equal_the_trained_model(
        string head, string pooling, Activation activation, bool pairs, EmbeddingKind kind, string modelType)
    {
        var exits = new ExitHeadConfig([1, 2, 3], head, pooling, ["a", "b", "c"], 64) { HasPair = pairs };
        var random = new Random(11);
        var encodings = Enumerable.Range(0, 150).Select(_ =>
        {
            int[] ids = [.. Enumerable.Range(0, random.Next(1, 65)).Select(_ => random.Next(50))];
            return new TokenizedText(ids, [.. ids.Select((_, i) => pairs && i > ids.Length / 2 ? 1 : 0)], false);
        }).ToArray();
        Compare(
            RandomCheckpoint.Create(
                RandomCheckpoint.Config(activation: activation, architecture: KnownArchitectures.Find(modelType)), exits),
            TinyBundle.Plan(), encodings, kind);
    }

    [Theory]
    [InlineData(EmbeddingKind.LayerNorm)]
    [InlineData(EmbeddingKind.Sum)]
    [InlineData(EmbeddingKind.TokenNorms)]
    public void MiniLM_on_real_texts_equals_the_trained_model(EmbeddingKind kind)
    {
        var encoder = Checkpoint.Load(Repository.RequireShared("models", "all-MiniLM-L6-v2"));
        var exits = new ExitHeadConfig([2, 4, 6], ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, ["no", "yes"], 512)
        {
            HasPair = true,
        };
        // All scripts, singles and pairs, from 2 to some 500 tokens, in seconds.
        var texts = Texts("tokenizer.jsonl").Concat(Texts("tokenizer_pairs.jsonl")).Where((_, i) => i % 18 == 6 * (int)kind);
        Compare(RandomCheckpoint.WithHeads(encoder, exits), TinyBundle.Plan("cloud", 2, 4, 6), [.. texts], kind);
    }

    private void Compare(Checkpoint checkpoint, Planning.Plan plan, TokenizedText[] encodings, EmbeddingKind kind)
    {
        var folder = _temporary.File("bundle");
        BundleWriter.Write(TinyBundle.Request(checkpoint, plan) with { Embedding = kind }, folder, TestContext.Current.CancellationToken);
        var bundle = Bundle.Open(folder);
        var expected = TrainedModel.Predict(checkpoint, encodings, kind);
        var classes = checkpoint.Exits!.Labels.Count;
        var largest = 0.0;
        for (var t = 0; t < bundle.Manifest.Tiers.Count; t++)
        {
            using var model = TierModel.Load(bundle, bundle.Manifest.Tiers[t].Name);
            foreach (var rows in encodings.Index().OrderBy(row => row.Item.Ids.Length).Chunk(33))
            {
                var logits = model.Run([.. rows.Select(row => row.Item)]);
                for (var row = 0; row < rows.Length; row++)
                {
                    for (var c = 0; c < classes; c++)
                        largest = Math.Max(largest, Math.Abs(expected.Logits(rows[row].Index, t)[c] - logits[(row * classes) + c]));
                }
            }
        }

        using var embeddings = EmbeddingLayer.Open(bundle);
        var largestEmbedding = encodings.Index().Max(row =>
        {
            var embedding = embeddings.Embed(row.Item);
            return embedding.Select((value, h) => Math.Abs(value - expected.Embedding(row.Index)[h])).Max();
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"largest difference of a logit {largest:G2}, of e(x) {largestEmbedding:G2}");
        Assert.InRange(largest, 0, 1e-4);
        Assert.InRange(largestEmbedding, 0, 1e-5);
    }

    private static TokenizedText[] Texts(string file) =>
        [.. File.ReadLines(Repository.RequireShared("golden", "encoder", file)).Select(line =>
        {
            var json = JsonDocument.Parse(line).RootElement;
            var ids = Integers(json, "ids");
            return new TokenizedText(ids, json.TryGetProperty("type_ids", out _) ? Integers(json, "type_ids") : new int[ids.Length], false);
        }).Where(encoding => encoding.Ids.Length <= 512)];

    private static int[] Integers(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];
}
