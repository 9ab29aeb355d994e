namespace Dimec.Text.Tests.Tokenization;

/// <summary>A text of which a vocabulary has nothing is told from one that it knows, and from an empty one.</summary>
public class UnknownTests
{
    private static readonly WordPieceTokenizer s_tokenizer = WordPieceTokenizer.FromVocabulary(
        new MemoryStream("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nrain\nwind\n"u8.ToArray()), lowercase: true);

    [Theory]
    [InlineData("rain", null, false)]
    [InlineData("rain \u4E2D", null, false)]
    [InlineData("\u4E2D\u6587", null, true)]
    [InlineData("", null, false)]
    [InlineData("rain", "\u4E2D", true)]
    [InlineData("rain", "wind", false)]
    public void A_text_of_unknown_words_only(string text, string? pair, bool expected) =>
        Assert.Equal(expected, s_tokenizer.Encode(text, pair, 16).IsUnknown);
}
