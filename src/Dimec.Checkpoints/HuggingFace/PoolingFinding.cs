namespace Dimec.Checkpoints.HuggingFace;

/// <summary>What was found out about the pooling that an encoder was trained with.</summary>
/// <param name="Pooling">The pooling to use; null where nothing tells.</param>
/// <param name="Note">What to know where it is assumed, as a sentence; null where a file states it.</param>
internal sealed record PoolingFinding(string? Pooling, string? Note);
