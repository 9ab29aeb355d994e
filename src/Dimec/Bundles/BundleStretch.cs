namespace Dimec.Bundles;

/// <summary>A stretch of layers that the plan has a tier run, beside the whole of its layers.</summary>
/// <param name="Layers">The layers.</param>
/// <param name="Model">The ONNX file.</param>
/// <param name="Weights">The files that hold the model's weights, beside it.</param>
/// <param name="Tiers">The names of the tiers that may be asked to run it.</param>
public sealed record BundleStretch(
    LayerStretch Layers, string Model, IReadOnlyList<string> Weights, IReadOnlyList<string> Tiers);
