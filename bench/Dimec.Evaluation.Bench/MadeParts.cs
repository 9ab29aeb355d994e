using Dimec.Cartography;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Evaluation.Bench;

/// <summary>
/// Parts as a training of a six-layer encoder leaves them: deeper exits are right more often and surer, and a few samples are hard for all.
/// </summary>
internal sealed class MadeParts(int seed)
{
    private const int EmbeddingSize = 384;

    private readonly Random _random = new(seed);

    public RecordedExits Exits(string part, int count, int classes)
    {
        var builder = new RecordedExitsBuilder(part, [1, 2, 3, 4, 5, 6], classes, EmbeddingSize);
        var (logits, embedding, zero) = (new float[6 * classes], new float[EmbeddingSize], new float[count * classes]);
        for (var i = 0; i < count; i++)
        {
            var (gold, ease) = (_random.Next(classes), _random.NextDouble() * 4);
            for (var exit = 0; exit < 6; exit++)
            {
                for (var label = 0; label < classes; label++)
                    logits[(exit * classes) + label] = (float)(Normal() + (label == gold ? ease * (0.6 + (0.12 * exit)) : 0));
            }

            for (var label = 0; label < classes; label++)
                zero[(i * classes) + label] = (float)(Normal() + (label == gold ? ease * 0.6 : 0));
            Embed(embedding, ease);
            builder.Add($"{part}-{i}", gold, logits, embedding);
        }

        return builder.Build().WithExitZero(zero);
    }

    public PoolSamples Map(int count)
    {
        var metrics = new SampleMetrics[count];
        var embeddings = new float[count * EmbeddingSize];
        for (var i = 0; i < count; i++)
        {
            var ease = _random.NextDouble();
            metrics[i] = new SampleMetrics(
                new SampleGuid($"train-{i}"), i, 0, ease, 0.4 * _random.NextDouble() * (1 - Math.Abs((2 * ease) - 1)), 0, 0);
            Embed(embeddings.AsSpan(i * EmbeddingSize, EmbeddingSize), 4 * ease);
        }

        return PoolSamples.Join(
            PoolMetrics.OfOneExit(metrics, 6, new CartographyOptions()),
            new SampleEmbeddings([.. metrics.Select(sample => sample.Guid.Text)], EmbeddingSize, embeddings));
    }

    private void Embed(Span<float> embedding, double ease)
    {
        for (var i = 0; i < embedding.Length; i++)
            embedding[i] = (float)((Normal() * 0.1) + (i < 20 ? 0.01 * ease : 0));
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
