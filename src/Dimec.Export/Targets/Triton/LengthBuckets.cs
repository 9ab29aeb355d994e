namespace Dimec.Export.Targets.Triton;

/// <summary>
/// The lengths to which texts are padded for a server that runs only requests of equal shape together: 16, 24, 32, 48, 64, … so that at
/// most a third of a row, or 15 tokens of a short one, is padding.
/// </summary>
internal static class LengthBuckets
{
    private const int Shortest = 16;

    /// <summary>The lengths in ascending order; the last is the longest that a text may have.</summary>
    /// <param name="maxLength">The most tokens of a text.</param>
    public static IReadOnlyList<int> UpTo(int maxLength)
    {
        var lengths = new List<int>();
        for (var length = Shortest; length < maxLength; length *= 2)
        {
            lengths.Add(length);
            if (length + (length / 2) < maxLength)
                lengths.Add(length + (length / 2));
        }

        return [.. lengths, maxLength];
    }
}
