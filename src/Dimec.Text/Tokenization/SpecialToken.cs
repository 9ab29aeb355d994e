namespace Dimec.Text.Tokenization;

/// <summary>A token that the template sets around the texts.</summary>
/// <param name="Content">The token, e.g. <c>[CLS]</c>.</param>
/// <param name="Id">Its id.</param>
internal sealed record SpecialToken(string Content, int Id);
