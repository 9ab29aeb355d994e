namespace Dimec.Policies.Ladder;

/// <summary>
/// The exits of a ladder in their order, wherever they run: what is answered depends on nothing else, whatever tiers cost.
/// </summary>
/// <param name="Exits">Their layers, ascending; 0 first where exit 0 was recorded.</param>
internal sealed record LadderPath(IReadOnlyList<int> Exits)
{
    /// <summary>More stops than this, exit 0 among them, are not searched.</summary>
    public const int MostStops = 5;

    /// <summary>
    /// Every path over some exits, the shorter before the longer. Exit 0 costs nothing, so every path begins there where it was recorded.
    /// </summary>
    /// <param name="layers">The exits of layers, ascending.</param>
    /// <param name="exitZero">Whether exit 0 was recorded.</param>
    public static IReadOnlyList<LadderPath> All(IReadOnlyList<int> layers, bool exitZero)
    {
        int[] first = exitZero ? [0] : [];
        var paths = new List<LadderPath>();
        if (exitZero)
            paths.Add(new LadderPath(first));
        IEnumerable<int[]> longest = [[]];
        for (var stops = first.Length; stops < MostStops; stops++)
        {
            longest = [.. longest.SelectMany(chosen => layers
                .Where(layer => chosen.Length == 0 || layer > chosen[^1])
                .Select(layer => (int[])[.. chosen, layer]))];
            paths.AddRange(longest.Select(chosen => new LadderPath([.. first, .. chosen])));
        }

        return paths;
    }
}
