using Dimec.Inference;
using Dimec.Text;

namespace Dimec.Serving.Backends;

/// <summary>A bundle's tokenizer and the model of one of its tiers.</summary>
internal sealed class BundleBackend : ITierBackend
{
    private readonly Bundle _bundle;
    private readonly TierModel _model;

    private BundleBackend(Bundle bundle, TierModel model)
    {
        (_bundle, _model) = (bundle, model);
        var manifest = bundle.Manifest;
        Description = new TierDescription(
            model.Tier.Name, model.Tier.Exit, manifest.Labels, manifest.MaxLength, manifest.Revision, bundle.Hash,
            manifest.UsesTokenTypes, manifest.HasPair, bundle.Tokenizer.PadId);
    }

    public TierDescription Description { get; }

    /// <exception cref="InputException">The bundle was changed, has no such tier, or longer rows than a run may have tokens.</exception>
    public static BundleBackend Open(DimecTierOptions options)
    {
        var bundle = Bundle.Open(options.Bundle, [options.Tier]);
        if (bundle.Manifest.MaxLength > options.MaxTokens)
        {
            throw new InputException(
                DimecTierOptions.Name(nameof(options.MaxTokens)),
                $"is {options.MaxTokens}, and one text of this bundle may have {bundle.Manifest.MaxLength} tokens",
                "give at least as many");
        }

        return new BundleBackend(bundle, TierModel.Load(bundle, options.Tier, new TierModelOptions
        {
            Threads = options.Threads,
            MaxBatchTokens = options.MaxTokens,
            MaxAttention = options.MaxAttention,
        }));
    }

    public TokenizedText Encode(string text, string? pair) => _bundle.Tokenizer.Encode(text, pair, _bundle.Manifest.MaxLength);

    public void CheckValues(ReadOnlySpan<long> ids, ReadOnlySpan<long> mask, ReadOnlySpan<long> types, int rows, int length)
        => _model.CheckValues(ids, mask, types, rows, length);

    public void Run(Memory<long> ids, Memory<long> mask, Memory<long> types, int rows, int length, Span<float> logits)
        => _model.Run(ids, mask, types, rows, length, logits);

    public void Dispose() => _model.Dispose();
}
