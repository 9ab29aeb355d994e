namespace Dimec.Inference.Batching;

/// <summary>What a tier's models take and give.</summary>
/// <param name="Classes">Logits a row.</param>
/// <param name="HiddenSize">Numbers a token of the hidden states.</param>
/// <param name="PadId">The token id that stands where a shorter row is padded.</param>
/// <param name="UsesTokenTypes">Whether they take token types.</param>
internal sealed record ModelShape(int Classes, int HiddenSize, int PadId, bool UsesTokenTypes);
