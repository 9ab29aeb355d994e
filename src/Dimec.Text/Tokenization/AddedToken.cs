namespace Dimec.Text.Tokenization;

/// <summary>A token that is looked for in the text itself, before it is cut into words.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">What stands in the text.</param>
/// <param name="Special">Whether it is a control token such as <c>[CLS]</c>.</param>
/// <param name="SingleWord">Whether it only counts where no word character touches it.</param>
/// <param name="Normalized">Whether it is looked for in the normalised text, and its content normalised too,
/// instead of in the raw text.</param>
/// <param name="StripLeft">Whether it swallows white space before it; kept for writing only, as words never hold white space.</param>
/// <param name="StripRight">The same for white space after it.</param>
internal sealed record AddedToken(int Id, string Content, bool Special, bool SingleWord, bool Normalized, bool StripLeft, bool StripRight);
