namespace Dimec.Text.Tokenization.Characters;

/// <summary>What Hugging Face's BertNormalizer and BertPreTokenizer do with a code point.</summary>
[Flags]
internal enum CharacterTraits : byte
{
    None = 0,

    /// <summary>Cleaning removes it.</summary>
    Removed = 1,

    /// <summary>Cleaning makes it a space.</summary>
    Blank = 2,

    /// <summary>It separates words.</summary>
    Space = 4,

    /// <summary>It is a word of its own.</summary>
    Punctuation = 8,

    /// <summary>It is set off by spaces where Chinese characters are handled.</summary>
    Ideograph = 16,

    /// <summary>Stripping accents removes it.</summary>
    Nonspacing = 32,

    /// <summary>It has a combining class over 0, so canonical ordering may move marks across it.</summary>
    Combining = 64,

    /// <summary>It decomposes or has another lower case.</summary>
    Mapped = 128,
}
