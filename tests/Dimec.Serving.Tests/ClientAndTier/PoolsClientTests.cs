using System.Text.Json;
using Dimec.Inference;
using Dimec.Policies;
using Dimec.Pools;
using static Dimec.Serving.Tests.ClientAndTier.ClientTests;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>A plan of pools, served: the client must do to e(x) what the plan says was done to it.</summary>
public class PoolsClientTests
{
    [Theory]
    [InlineData(EmbeddingNormalization.None)]
    [InlineData(EmbeddingNormalization.UnitLength)]
    public async Task Every_text_goes_to_the_tier_that_the_plan_names_offline(EmbeddingNormalization normalization)
    {
        var random = new Random(7);
        string[] texts = [.. Enumerable.Range(0, 90)
            .Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => (char)('a' + random.Next(26)))))];
        var embeddings = Embed(texts);
        float[]?[] centroids = [.. embeddings.Chunk(30).Select(pool => Mean(pool, normalization))];
        using var test = new TestBundle("pools", Parameters(centroids, normalization));
        await using var edge = await StartAsync(test, "edge");
        await using var cloud = await StartAsync(test, "cloud");
        var urls = new Dictionary<string, Uri> { ["edge"] = Url("grpc", edge), ["cloud"] = Url("grpc", cloud) };
        await using var client = await DimecClient.ConnectAsync(test.Bundle, urls, Patient, cancellationToken: Stop);

        var served = (await client.ClassifyAsync([.. texts.Select(text => new TextInput(text))], Stop)).Select(answer => answer.TierIndex)
            .ToArray();

        var policy = test.Bundle.Plan.CreatePolicy();
        Assert.Equal(
            embeddings.Select(embedding => policy.Next(new PolicyState { Guid = "", Embedding = embedding, Visits = [] }).Tier), served);
        var other = new CentroidRouter(
            centroids, normalization == EmbeddingNormalization.None ? EmbeddingNormalization.UnitLength : EmbeddingNormalization.None);
        Assert.InRange(embeddings.Zip(served).Count(text => other.Route(text.First) != text.Second), 10, texts.Length);
        Assert.Equal(3, served.Distinct().Count());
    }

    private static float[][] Embed(string[] texts)
    {
        using var test = new TestBundle(golden: false);
        using var layer = EmbeddingLayer.Open(test.Bundle);
        return [.. texts.Select(text => layer.Embed(test.Bundle.Tokenizer.Encode(text, null, test.Bundle.Manifest.MaxLength)))];
    }

    private static float[] Mean(float[][] pool, EmbeddingNormalization normalization)
    {
        float[] lengths = [.. pool.Select(embedding =>
            normalization == EmbeddingNormalization.None ? 1 : MathF.Sqrt(embedding.Sum(x => x * x)))];
        return [.. Enumerable.Range(0, pool[0].Length)
            .Select(k => pool.Zip(lengths, (embedding, length) => embedding[k] / length).Average())];
    }

    private static string Parameters(float[]?[] centroids, EmbeddingNormalization normalization) => JsonSerializer.Serialize(new
    {
        alpha = 0.5,
        betas = new[] { 0.1 },
        rewardWeight = 0,
        hard = "low-confidence",
        embedding = ChoiceNames.Of(normalization),
        reward = "confidence",
        routing = "centroids",
        gridLevels = 20,
        fitTemperatures = true,
        metrics = new { own = true, exits = new[] { 1, 2 }, includeCi = false },
        temperatures = new { },
        droppedTiers = Array.Empty<string>(),
        centroids = new { mobile = centroids[0], edge = centroids[1], cloud = centroids[2] },
    });
}
