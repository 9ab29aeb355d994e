using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>The e(x) that a policy asks for: distances mean something only between embeddings of one kind and length.</summary>
/// <param name="Kind">What it is made of.</param>
/// <param name="Size">Its length.</param>
public sealed record EmbeddingNeed(EmbeddingKind Kind, int Size);
