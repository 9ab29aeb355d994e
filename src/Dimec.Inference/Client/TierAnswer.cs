namespace Dimec.Inference.Client;

/// <summary>What a tier said to a batch.</summary>
/// <param name="Logits">Texts × classes.</param>
/// <param name="Bundle">The hash of the bundle that it holds; null: a server that knows nothing of bundles.</param>
internal sealed record TierAnswer(float[] Logits, string? Bundle);
