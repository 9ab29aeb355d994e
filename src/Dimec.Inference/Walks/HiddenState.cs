namespace Dimec.Inference.Walks;

/// <summary>A sample's hidden states that are at hand here.</summary>
/// <param name="Layer">The layer after which they are.</param>
/// <param name="Values">Its tokens × hidden.</param>
internal sealed record HiddenState(int Layer, ReadOnlyMemory<float> Values);
