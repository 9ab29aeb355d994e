namespace Dimec.Pools;

/// <summary>The combinations of thresholds that a search looks at, never so many that it could not end in seconds.</summary>
internal static class ThresholdCombinations
{
    /// <summary>The largest number of combinations; only five tiers and more, or a finer grid, come near it.</summary>
    public const int Most = 50_000;

    /// <summary>
    /// The same where each tier's own exit is asked: a sample then lies in a cell for every α, and cells are what takes memory.
    /// </summary>
    public const int MostOwn = 10_000;

    /// <summary>Every choice of one value from each grid, all of their own size (places, not values).</summary>
    public static IReadOnlyList<int[]> Free(int[] sizes) =>
        [.. sizes.Aggregate((IEnumerable<int[]>)[[]], (found, size) =>
            found.SelectMany(chosen => Enumerable.Range(0, size).Select(next => (int[])[.. chosen, next])))];

    /// <summary>Every non-descending choice of some values of a grid (its places, not the values).</summary>
    public static IReadOnlyList<int[]> Ascending(int grid, int choose)
    {
        IEnumerable<int[]> found = [[]];
        for (var i = 0; i < choose; i++)
        {
            found = found.SelectMany(chosen =>
            {
                var from = chosen.Length > 0 ? chosen[^1] : 0;
                return Enumerable.Range(from, grid - from).Select(next => (int[])[.. chosen, next]);
            });
        }

        return [.. found];
    }

    /// <summary>
    /// The largest number of grid values, at most as many as there are, with which there are at most so many ascending choices.
    /// </summary>
    public static int AscendingFit(int grid, int choose, int most) => Fit(grid, most, size => Binomial(size + choose - 1, choose));

    /// <summary>The same for a choice of any value for each threshold.</summary>
    public static int FreeFit(int grid, int choose, int most) => Fit(grid, most, size => Math.Pow(size, choose));

    /// <summary>So many values of a grid, evenly spread, with both ends.</summary>
    public static double[] Thin(double[] grid, int size) => size >= grid.Length
        ? grid
        : [.. Enumerable.Range(0, size).Select(i => grid[(int)Math.Round(i * (grid.Length - 1) / (size - 1.0))])];

    private static int Fit(int grid, int most, Func<int, double> count)
    {
        var size = grid;
        while (size > 2 && count(size) > most)
            size--;
        return size;
    }

    private static double Binomial(int n, int k)
    {
        var count = 1.0;
        for (var i = 0; i < k; i++)
            count *= (n - i) / (double)(i + 1);
        return count;
    }
}
