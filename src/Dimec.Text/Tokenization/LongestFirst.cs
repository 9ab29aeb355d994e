namespace Dimec.Text.Tokenization;

/// <summary>Which part of a pair's tokens is kept when they are too many: Hugging Face's <c>longest_first</c>.</summary>
internal static class LongestFirst
{
    /// <summary>The lengths to cut to.</summary>
    /// <param name="text">Tokens of the first text.</param>
    /// <param name="pair">Tokens of the second text.</param>
    /// <param name="room">Tokens that there is room for.</param>
    public static (int Text, int Pair) Cut(int text, int pair, int room)
    {
        if ((long)text + pair <= room)
            return (text, pair);
        var (shorter, longer) = (Math.Min(text, pair), Math.Max(text, pair));
        if (2L * shorter <= room)
            longer = room - shorter;
        else
            (shorter, longer) = (room / 2, room - (room / 2));
        return text > pair ? (longer, shorter) : (shorter, longer);
    }

    /// <summary>
    /// Whether lengths that were followed only until they passed <paramref name="limit"/> (at least <paramref name="room"/>) decide the
    /// cut. They do not where both are longer and the room is odd: then the truly longer text gets the odd token.
    /// </summary>
    public static bool IsDecided(int text, int pair, int room, int limit) => text <= limit || pair <= limit || room % 2 == 0;
}
