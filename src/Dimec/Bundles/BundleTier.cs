namespace Dimec.Bundles;

/// <summary>A tier of a bundle.</summary>
/// <param name="Name">The tier's name, e.g. <c>edge</c>; its model is served as <c>dimec_NAME</c>.</param>
/// <param name="Depth">The layers that the tier runs, from the first.</param>
/// <param name="Exit">The layer number of its exit.</param>
/// <param name="Model">The ONNX file.</param>
public sealed record BundleTier(string Name, int Depth, int Exit, string Model)
{
    /// <summary>The files that hold the model's weights, beside it; none where the ONNX file holds them itself.</summary>
    public IReadOnlyList<string> Weights { get; init; } = [];
}
