using Dimec.Bundles;
using Dimec.Inference.Batching;
using Dimec.Inference.Client;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Inference;

/// <summary>
/// Records what a bundle's models say, all in this process: the offline side of a comparison with tiers that were really asked.
/// </summary>
public static class BundleExits
{
    private const int BatchSize = 32;

    /// <summary>
    /// The exits of a part that the bundle's plan can look at, exit 0 among them where it does, with e(x). The exit at a tier's depth is
    /// that of its whole model; one within a tier comes of the stretch that the plan has for it.
    /// </summary>
    /// <param name="bundle">The bundle, opened with all its tiers.</param>
    /// <param name="part">The samples.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RecordedExits Record(Bundle bundle, Dataset part, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(part);
        var models = new List<TierModel>();
        try
        {
            models.AddRange(bundle.Manifest.Tiers.Select(tier => TierModel.Load(bundle, tier.Name)));
            return Record(bundle, part, models, cancellationToken);
        }
        finally
        {
            models.ForEach(model => model.Dispose());
        }
    }

    /// <summary>e(x) of samples, which no layer has to run for.</summary>
    /// <param name="bundle">The bundle, opened for its first tier at least.</param>
    /// <param name="part">The samples.</param>
    public static SampleEmbeddings Embed(Bundle bundle, Dataset part)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(part);
        using var embeddings = EmbeddingLayer.Open(bundle);
        var (size, samples) = (embeddings.Size, part.Samples);
        var values = new float[samples.Count * size];
        for (var i = 0; i < samples.Count; i++)
        {
            var text = bundle.Tokenizer.Encode(samples[i].Text, samples[i].Pair, bundle.Manifest.MaxLength);
            embeddings.Embed(text.Ids, text.TypeIds, values.AsSpan(i * size, size));
        }

        return new SampleEmbeddings([.. samples.Select(sample => sample.Guid)], size, values)
        {
            Kind = bundle.Manifest.Embeddings.Kind,
        };
    }

    /// <summary>
    /// What the bundle's tiers answer to texts, as golden samples: to all in one batch, as a client asks a tier for them, since in int8 an
    /// answer depends a little on what else is in its batch.
    /// </summary>
    /// <param name="bundle">The bundle, opened with all its tiers.</param>
    /// <param name="texts">The texts, at least one; their answers are not looked at.</param>
    public static IReadOnlyList<GoldenSample> Answer(Bundle bundle, IReadOnlyList<GoldenSample> texts)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(texts);
        TokenizedText[] encodings = [.. texts.Select(text => bundle.Tokenizer.Encode(text.Text, text.Pair, bundle.Manifest.MaxLength))];
        var answers = texts.Select(_ => new Dictionary<int, float[]>()).ToArray();
        foreach (var tier in bundle.Manifest.Tiers)
        {
            using var model = TierModel.Load(bundle, tier.Name);
            foreach (var (i, logits) in model.Run(encodings).Chunk(model.Classes).Index())
                answers[i][tier.Exit] = logits;
        }

        return [.. texts.Zip(answers, (text, logits) => text with { Logits = logits })];
    }

    private static RecordedExits Record(Bundle bundle, Dataset part, List<TierModel> models, CancellationToken cancellationToken)
    {
        var steps = new ExitSteps(bundle.Shape, models);
        TokenizedText[] texts = [.. part.Samples.Select(sample =>
            bundle.Tokenizer.Encode(sample.Text, sample.Pair, bundle.Manifest.MaxLength))];
        var logits = new float[texts.Length][];
        foreach (var batch in LengthBatches.Of(texts, BatchSize, int.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = steps.Run([.. batch.Select(i => TierRow.Of(texts[i], bundle.Shape.UsesTokenTypes))]);
            foreach (var (row, own) in rows.Index())
                logits[batch[row]] = own;
        }

        using var embeddings = EmbeddingLayer.Open(bundle);
        var builder = new RecordedExitsBuilder(part.Part, [.. steps.Exits], bundle.Manifest.Labels.Count, embeddings.Size)
        {
            Exported = new ExportedExits(bundle.Manifest.Precision, bundle.Hash, Processor.Kind),
        };
        for (var i = 0; i < texts.Length; i++)
            builder.Add(part.Samples[i].Guid, part.Samples[i].Label, logits[i], embeddings.Embed(texts[i]));
        var recorded = builder.Build();
        if (!bundle.Plan.Needs.ExitZero)
            return recorded;
        var zero = new ExitZero(bundle);
        return recorded.WithExitZero(
            [.. part.Samples.SelectMany(sample => zero.Score(new TextInput(sample.Text, sample.Pair, sample.Guid)))]);
    }
}
