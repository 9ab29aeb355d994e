namespace Dimec.Text.Tokenization.Normalization;

/// <summary>Takes the code points of a normalised text one by one.</summary>
internal interface ICodePointSink
{
    /// <summary>Takes the next code point.</summary>
    /// <returns>Whether more are wanted.</returns>
    bool Add(int codePoint);
}
