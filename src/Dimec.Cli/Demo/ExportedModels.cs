using Dimec.Inference;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Cli.Demo;

/// <summary>
/// Records what a bundle's exported models say, all in this process: the offline side of the comparison with tiers that were really asked.
/// </summary>
internal static class ExportedModels
{
    private const int BatchSize = 32;

    /// <summary>Every tier's exit and e(x) for a part.</summary>
    /// <param name="bundle">The bundle, opened with all its tiers.</param>
    /// <param name="part">The samples.</param>
    /// <param name="stop">Stops between batches.</param>
    public static RecordedExits Record(Bundle bundle, Dataset part, CancellationToken stop)
    {
        var tiers = bundle.Manifest.Tiers;
        var classes = bundle.Manifest.Labels.Count;
        var encodings = part.Samples.Select(sample => bundle.Tokenizer.Encode(sample.Text, sample.Pair, bundle.Manifest.MaxLength))
            .ToArray();
        var logits = new float[part.Samples.Count * tiers.Count * classes];
        var byLength = Enumerable.Range(0, encodings.Length).OrderBy(i => encodings[i].Ids.Length).Chunk(BatchSize).ToArray();
        for (var t = 0; t < tiers.Count; t++)
        {
            using var model = TierModel.Load(bundle, tiers[t].Name);
            foreach (var batch in byLength)
            {
                stop.ThrowIfCancellationRequested();
                var answers = model.Run([.. batch.Select(i => encodings[i])]);
                for (var row = 0; row < batch.Length; row++)
                    answers.AsSpan(row * classes, classes).CopyTo(logits.AsSpan(((batch[row] * tiers.Count) + t) * classes));
            }
        }

        using var embeddings = EmbeddingLayer.Open(bundle);
        var builder = new RecordedExitsBuilder(part.Part, [.. tiers.Select(tier => tier.Exit)], classes, embeddings.Size);
        for (var i = 0; i < encodings.Length; i++)
        {
            builder.Add(
                part.Samples[i].Guid, part.Samples[i].Label, logits.AsSpan(i * tiers.Count * classes, tiers.Count * classes),
                embeddings.Embed(encodings[i]));
        }

        return builder.Build();
    }
}
