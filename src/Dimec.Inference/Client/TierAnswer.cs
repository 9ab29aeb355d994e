namespace Dimec.Inference.Client;

/// <summary>What a tier said to a batch.</summary>
/// <param name="Logits">Texts × classes.</param>
/// <param name="Bundle">The hash of the bundle that it holds; null: a server that knows nothing of bundles.</param>
internal sealed record TierAnswer(float[] Logits, string? Bundle)
{
    /// <summary>For each text the states of its tokens after the last layer; null where they were not wanted.</summary>
    public IReadOnlyList<ReadOnlyMemory<float>>? Hidden { get; init; }
}
