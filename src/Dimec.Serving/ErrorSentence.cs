namespace Dimec.Serving;

/// <summary>What the tier says to a caller.</summary>
internal static class ErrorSentence
{
    /// <summary>In gRPC it travels in a header, of which clients take some kilobytes only.</summary>
    private const int Most = 1000;

    /// <summary>Cuts a sentence that repeats too much of what the caller sent.</summary>
    public static string Shorten(string sentence)
    {
        if (sentence.Length <= Most)
            return sentence;
        var end = char.IsHighSurrogate(sentence[Most - 1]) ? Most - 1 : Most;
        return string.Concat(sentence.AsSpan(0, end), "…");
    }
}
