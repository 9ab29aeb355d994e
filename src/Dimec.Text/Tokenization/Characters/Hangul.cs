namespace Dimec.Text.Tokenization.Characters;

/// <summary>The arithmetic decomposition of Hangul syllables (The Unicode Standard, section 3.12).</summary>
internal static class Hangul
{
    public const int First = 0xAC00;
    public const int Count = 11172;
    private const int Leading = 0x1100;
    private const int Vowel = 0x1161;
    private const int Trailing = 0x11A7;
    private const int Vowels = 21;
    private const int Trailings = 28;

    /// <summary>Writes the two or three letters of a syllable and returns how many they are; 0 for any other code point.</summary>
    public static int Decompose(int codePoint, Span<int> letters)
    {
        var index = codePoint - First;
        if ((uint)index >= Count)
            return 0;
        letters[0] = Leading + (index / (Vowels * Trailings));
        letters[1] = Vowel + (index % (Vowels * Trailings) / Trailings);
        letters[2] = Trailing + (index % Trailings);
        return letters[2] == Trailing ? 2 : 3;
    }
}
