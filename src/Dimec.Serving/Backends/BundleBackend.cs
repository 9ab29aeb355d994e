using Dimec.Bundles;
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
            manifest.HasPair, bundle.Shape, [.. model.Stretches.Select(layers => new ServedStretch(layers, model.GivesHidden(layers)))]);
    }

    public TierDescription Description { get; }

    public Bundle Bundle => _bundle;

    /// <exception cref="InputException">The bundle was changed, is not signed as it must be, has no such tier, longer rows than a run may
    /// have tokens, or answers its golden samples otherwise than it should.</exception>
    /// <exception cref="JobException">A model could not run, e.g. for want of memory.</exception>
    public static BundleBackend Open(DimecTierOptions options, BundleTrust? trust)
    {
        // What the others would have said is computed here, where it is recorded.
        var bundle = Bundle.Open(options.Bundle, options.Record is null ? [options.Tier] : null, trust: trust);
        if (bundle.Manifest.MaxLength > options.MaxTokens)
        {
            throw new InputException(
                DimecTierOptions.Name(nameof(options.MaxTokens)),
                $"is {options.MaxTokens}, and one text of this bundle may have {bundle.Manifest.MaxLength} tokens",
                "give at least as many");
        }

        var model = TierModel.Load(bundle, options.Tier, new TierModelOptions
        {
            Threads = options.Threads,
            MaxBatchTokens = options.MaxTokens,
            MaxAttention = options.MaxAttention,
        });
        try
        {
            GoldenCheck.Require(bundle, model, options.MaxTokens);
            return new BundleBackend(bundle, model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    public TokenizedText Encode(string text, string? pair) => _bundle.Tokenizer.Encode(text, pair, _bundle.Manifest.MaxLength);

    public void CheckValues(int from, TierInput input) => _model.CheckValues(from, input);

    public void Run(LayerStretch layers, TierInput input, Span<float> logits, Span<float> hidden)
        => _model.Run(layers, input, logits, hidden);

    public void Dispose() => _model.Dispose();
}
