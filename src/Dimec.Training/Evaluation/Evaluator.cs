using Dimec.Predictions;
using Dimec.Training.Data;
using Dimec.Training.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace Dimec.Training.Evaluation;

/// <summary>Runs a trained encoder without dropout: every exit's logits, and e(x) for the router.</summary>
internal sealed class Evaluator(MultiExitEncoder encoder, ModelShape shape, int padId)
{
    private const int BatchSize = 64;

    /// <summary>Logits and embeddings of a part, in its own order.</summary>
    public RecordedExits Predict(EncodedPart part, Action batchDone, CancellationToken cancellationToken)
    {
        var width = shape.Exits.Exits.Count * shape.Classes;
        var logits = new float[part.Count * width];
        var embeddings = Run(part, batchDone, (batch, embedded) =>
        {
            var exits = encoder.Forward(batch, embedded, dropout: null);
            for (var exit = 0; exit < exits.Length; exit++)
            {
                var values = Parameters.MemoryOf(exits[exit]);
                for (var row = 0; row < batch.Count; row++)
                    values.Slice(row * shape.Classes, shape.Classes).CopyTo(logits.AsSpan((batch.Samples[row] * width) + (exit * shape.Classes)));
            }
        }, cancellationToken);
        var builder = new RecordedExitsBuilder(part.Dataset.Part, [.. shape.Exits.Exits], shape.Classes, shape.EmbeddingSize);
        var size = shape.EmbeddingSize;
        for (var sample = 0; sample < part.Count; sample++)
        {
            var source = part.Dataset.Samples[sample];
            builder.Add(source.Guid, source.Label, logits.AsSpan(sample * width, width), embeddings.AsSpan(sample * size, size));
        }

        return builder.Build();
    }

    /// <summary>e(x) of every sample, [samples × its length].</summary>
    public float[] Embed(EncodedPart part, Action batchDone, CancellationToken cancellationToken) => Run(part, batchDone, (_, _) => { }, cancellationToken);

    public static int BatchesOf(EncodedPart part) => BatchPlan.BatchesOf(part.Count, BatchSize);

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
            EmbeddingRows.Fill(shape.Embedding, batch, Parameters.MemoryOf(shape.Embedding == EmbeddingKind.Sum ? sum : embedded), embeddings, shape.EmbeddingSize);
            further(batch, embedded);
            batchDone();
        }

        return embeddings;
    }
}
