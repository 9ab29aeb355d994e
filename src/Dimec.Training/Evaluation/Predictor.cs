using Dimec.Predictions;
using Dimec.Training.Data;
using Dimec.Training.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace Dimec.Training.Evaluation;

/// <summary>Runs a trained encoder without dropout: every exit's logits, and e(x) for the router.</summary>
internal sealed class Predictor(MultiExitEncoder encoder, ModelShape shape, int padId)
{
    private const int BatchSize = 64;

    /// <summary>
    /// Logits and embeddings of a part, in its own order, with the pooled states of some exits, by their layers and ascending.
    /// </summary>
    public RecordedExits Predict(EncodedPart part, Action batchDone, CancellationToken cancellationToken, int[]? layers = null)
    {
        layers ??= [];
        var hidden = layers.Length > 0 ? shape.Encoder.HiddenSize : 0;
        var width = shape.Exits.Exits.Count * shape.Classes;
        var logits = new float[part.Count * width];
        var states = new float[part.Count * layers.Length * hidden];
        var embeddings = Run(part, batchDone, (batch, embedded) =>
        {
            foreach (var (exit, (head, pooled)) in encoder.AtExits(batch, embedded, dropout: null).Index())
            {
                Scatter(head.Forward(pooled, dropout: null), batch, shape.Classes, logits, width, exit);
                if (Array.IndexOf(layers, shape.Exits.Exits[exit]) is >= 0 and var layer)
                    Scatter(pooled.contiguous(), batch, hidden, states, layers.Length * hidden, layer);
            }
        }, cancellationToken);
        var builder = new RecordedExitsBuilder(
            part.Dataset.Part, [.. shape.Exits.Exits], shape.Classes, shape.EmbeddingSize, layers, hidden);
        var size = shape.EmbeddingSize;
        for (var sample = 0; sample < part.Count; sample++)
        {
            var source = part.Dataset.Samples[sample];
            builder.Add(
                source.Guid, source.Label, logits.AsSpan(sample * width, width), embeddings.AsSpan(sample * size, size),
                states.AsSpan(sample * layers.Length * hidden, layers.Length * hidden));
        }

        return builder.Build();
    }

    /// <summary>e(x) of every sample, [samples × its length].</summary>
    public float[] Embed(EncodedPart part, Action batchDone, CancellationToken cancellationToken) =>
        Run(part, batchDone, (_, _) => { }, cancellationToken);

    public static int BatchesOf(int samples) => BatchPlan.BatchesOf(samples, BatchSize);

    /// <summary>Puts a batch's rows of so many values where their samples' are, at a place within them.</summary>
    private static void Scatter(torch.Tensor rows, Batch batch, int size, float[] into, int width, int place)
    {
        var values = Parameters.MemoryOf(rows);
        for (var row = 0; row < batch.Count; row++)
            values.Slice(row * size, size).CopyTo(into.AsSpan((batch.Samples[row] * width) + (place * size)));
    }

    private float[] Run(EncodedPart part, Action batchDone, Action<Batch, torch.Tensor> further, CancellationToken cancellationToken)
    {
        var embeddings = new float[part.Count * shape.EmbeddingSize];
        foreach (var samples in BatchPlan.Sorted(part.Lengths, BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var evaluation = no_grad();
            var batch = new Batch(part, samples, padId);
            var sum = encoder.Sum(batch, encoder.GatherWords(batch, forTraining: false));
            var embedded = encoder.Normalize(sum);
            EmbeddingRows.Fill(
                shape.Embedding, batch, Parameters.MemoryOf(shape.Embedding == EmbeddingKind.Sum ? sum : embedded), embeddings,
                shape.EmbeddingSize);
            further(batch, embedded);
            batchDone();
        }

        return embeddings;
    }
}
