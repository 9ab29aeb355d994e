namespace Dimec.Text.Tokenization;

/// <summary>A piece of a template: a special token, or one of the texts.</summary>
/// <param name="Special">The special token; null for a text.</param>
/// <param name="IsPair">Whether the text is the second one.</param>
/// <param name="TypeId">The type id of all its tokens.</param>
internal sealed record TemplatePiece(SpecialToken? Special, bool IsPair, int TypeId);
