using Dimec.Bundles;

namespace Dimec.Export.Targets.Triton;

/// <summary>
/// A repository of models for NVIDIA's Triton Inference Server: of each tier the model of token ids, of each stretch of layers that the
/// plan goes on with the model of hidden states, each with its <c>config.pbtxt</c>. Texts, tokens and the plan stay with the client.
/// </summary>
public sealed class TritonTarget : IExportTarget
{
    /// <inheritdoc/>
    public string Name => "triton";

    /// <inheritdoc/>
    public string Purpose => "a repository of models for Triton";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Reads { get; } = [nameof(TargetSettings.Tiers), nameof(TargetSettings.Cores)];

    /// <inheritdoc/>
    public void Validate(TargetSettings settings, InputErrors errors)
    {
    }

    /// <inheritdoc/>
    public IEnumerable<TargetFile> Files(TargetBundle bundle, TargetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(settings);
        return bundle.Tiers.Select(tier => (Name: TierNames.TokenModel(tier.Name), tier.Model, tier.Weights))
            .Concat(bundle.Stretches.Select(stretch => (Name: TierNames.StretchModel(stretch.Layers), stretch.Model, stretch.Weights)))
            .SelectMany(model => new TritonModel(bundle, settings, model.Name, model.Model, model.Weights).Files());
    }
}
