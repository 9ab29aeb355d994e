using Dimec.Inference;
using Dimec.Text;

namespace Dimec.Serving.Tiers;

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
            model.Tier.Name, model.Tier.Exit, manifest.Labels, manifest.Revision, bundle.Hash, manifest.UsesTokenTypes, manifest.HasPair);
    }

    public TierDescription Description { get; }

    /// <exception cref="InputException">The bundle was changed, or has no such tier.</exception>
    public static BundleBackend Open(DimecTierOptions options)
    {
        var bundle = Bundle.Open(options.Bundle, [options.Tier]);
        return new BundleBackend(bundle, TierModel.Load(
            bundle, options.Tier, new TierModelOptions { Threads = options.Threads, MaxBatchTokens = options.MaxTokens }));
    }

    public TokenizedText Encode(string text, string? pair) => _bundle.Tokenizer.Encode(text, pair, _bundle.Manifest.MaxLength);

    public float[] Run(IReadOnlyList<TokenizedText> encodings) => _model.Run(encodings);

    public void Run(long[] ids, long[] mask, long[] types, int rows, int length, Span<float> logits)
        => _model.Run(ids, mask, types, rows, length, logits);

    public void Dispose() => _model.Dispose();
}
