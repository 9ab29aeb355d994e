namespace Dimec.Text.Tests.Made;

/// <summary>A text or pair to encode.</summary>
public sealed record EncodeRequest(string Text, string? Pair, int MaxLength);
