namespace Dimec.OpenInference;

/// <summary>
/// A sentence that quotes what the other side sent, made fit to be shown and logged: of a bounded length, and with nothing in it that
/// steers a terminal, turns the reading direction or begins a line.
/// </summary>
internal static class PlainSentence
{
    /// <summary>In gRPC it travels in a header, of which clients take some kilobytes only.</summary>
    private const int Most = 1000;

    /// <summary>The sentence: what would steer becomes a blank, and what is too long is cut.</summary>
    public static string Of(string sentence)
    {
        var end = Math.Min(sentence.Length, Most);
        if (end == sentence.Length && !sentence.Any(Steers))
            return sentence;
        if (end < sentence.Length && char.IsHighSurrogate(sentence[end - 1]))
            end--;
        var plain = string.Create(end, sentence, (line, from) =>
        {
            for (var i = 0; i < line.Length; i++)
                line[i] = Steers(from[i]) ? ' ' : from[i];
        });
        return end < sentence.Length ? plain + "…" : plain;
    }

    private static bool Steers(char letter) => char.IsControl(letter)
        || letter is '\u2028'
            or '\u2029' or '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';
}
