namespace Dimec.Inference;

/// <summary>What a stretch of layers says to rows.</summary>
/// <param name="Logits">Rows × classes, in the order of the rows.</param>
/// <param name="Hidden">For each row the states of its tokens after the last layer, [length, hidden]; null where they were not wanted.
/// </param>
internal sealed record StretchResult(float[] Logits, IReadOnlyList<float[]>? Hidden);
