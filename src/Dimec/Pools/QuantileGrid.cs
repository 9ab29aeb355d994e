namespace Dimec.Pools;

/// <summary>
/// The grid of a threshold: the quantiles k/G, k = 0 … G, of the values (linear between neighbours, as numpy's default), each once.
/// The ends are moved just outside the data where a pool must be able to be empty, so that every single tier is a point of the search.
/// </summary>
internal static class QuantileGrid
{
    /// <summary>α from "nobody is below" (the smallest value) to "everybody is below" (just above the largest).</summary>
    public static double[] ForLowerCut(IEnumerable<double> values, int levels)
    {
        var grid = Quantiles(values, levels);
        grid[^1] = Math.BitIncrement(grid[^1]);
        return Once(grid);
    }

    /// <summary>β from "everybody is above" (just below the smallest value) to "nobody is above" (the largest).</summary>
    public static double[] ForUpperCut(IEnumerable<double> values, int levels)
    {
        var grid = Quantiles(values, levels);
        grid[0] = Math.BitDecrement(grid[0]);
        return Once(grid);
    }

    private static double[] Quantiles(IEnumerable<double> values, int levels)
    {
        double[] sorted = [.. values.Order()];
        var grid = new double[levels + 1];
        for (var k = 0; k <= levels; k++)
        {
            var place = (sorted.Length - 1) * (double)k / levels;
            var below = (int)place;
            var above = Math.Min(below + 1, sorted.Length - 1);
            grid[k] = sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
        }

        return grid;
    }

    private static double[] Once(double[] ascending) => [.. ascending.Distinct()];
}
