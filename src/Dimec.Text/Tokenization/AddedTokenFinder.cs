using System.Buffers;
using System.Globalization;
using System.Text;

namespace Dimec.Text.Tokenization;

/// <summary>Finds added tokens in a text: the leftmost, and of those that start together the longest.</summary>
internal sealed class AddedTokenFinder
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;
    private readonly SearchValues<string> _contents;
    private readonly (string Content, AddedToken Token)[] _longestFirst;

    /// <param name="tokens">The tokens with what to look for, which is not their content where that is normalised first.</param>
    public AddedTokenFinder(IEnumerable<(string Content, AddedToken Token)> tokens)
    {
        _longestFirst = [.. tokens.Where(entry => entry.Content.Length > 0).OrderByDescending(entry => entry.Content.Length)];
        _contents = SearchValues.Create([.. _longestFirst.Select(entry => entry.Content)], StringComparison.Ordinal);
    }

    public bool IsEmpty => _longestFirst.Length == 0;

    /// <summary>Finds the first token that starts at or after an index.</summary>
    /// <returns>Where it starts, or −1.</returns>
    public int Find(ReadOnlySpan<char> text, int from, out int end, out AddedToken? token)
    {
        while (from < text.Length && text[from..].IndexOfAny(_contents) is >= 0 and var offset)
        {
            var start = from + offset;
            (var content, token) = LongestAt(text[start..]);
            end = start + content.Length;
            if (!token.SingleWord || (!EndsInWord(text[..start]) && !StartsWithWord(text[end..])))
                return start;
            from = end;
        }

        (end, token) = (text.Length, null);
        return -1;
    }

    private (string Content, AddedToken Token) LongestAt(ReadOnlySpan<char> text)
    {
        foreach (var entry in _longestFirst)
        {
            if (text.StartsWith(entry.Content, StringComparison.Ordinal))
                return entry;
        }

        throw new InvalidOperationException("The search found a token that is not there.");
    }

    private static bool EndsInWord(ReadOnlySpan<char> text) =>
        Rune.DecodeLastFromUtf16(text, out var rune, out _) == OperationStatus.Done && IsWord(rune);

    private static bool StartsWithWord(ReadOnlySpan<char> text) =>
        Rune.DecodeFromUtf16(text, out var rune, out _) == OperationStatus.Done && IsWord(rune);

    /// <summary>The class <c>\w</c> of regular expressions (Unicode Technical Standard 18).</summary>
    private static bool IsWord(Rune rune) => rune.Value is Joiner or NonJoiner or (>= 0x24B6 and <= 0x24E9)
        or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189) || HasWordCategory(rune);

    private static bool HasWordCategory(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter
            or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation;
}
