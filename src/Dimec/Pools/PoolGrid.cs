namespace Dimec.Pools;

/// <summary>
/// The thresholds that a search looks at, and the cells between them: every pool of every combination of thresholds is a sum of boxes
/// of cells, so what is added up over a cell once serves all combinations.
/// </summary>
internal abstract class PoolGrid
{
    /// <summary>The values of α, ascending.</summary>
    public required double[] Alphas { get; init; }

    /// <summary>For each β its values, ascending.</summary>
    public required double[][] Betas { get; init; }

    /// <summary>True where not every quantile of a β is looked at, so that combinations and cells stay within their bounds.</summary>
    public bool IsThinned { get; protected init; }

    /// <summary>The number of tables of cells.</summary>
    public abstract int Tables { get; }

    /// <summary>The number of cells along each axis of a table.</summary>
    public abstract int[] Axes { get; }

    /// <summary>The combinations of βs to look at for any α, as places in <see cref="Betas"/>.</summary>
    public abstract IReadOnlyList<int[]> BetaChoices();

    /// <summary>The cells that hold a sample: at most one of each table.</summary>
    public abstract IEnumerable<(int Table, int[] Place)> CellsOf(int sample);

    /// <summary>The pool of every tier, for an α and βs by their places.</summary>
    public abstract PoolBox[][] Pools(int alpha, int[] betas);

    /// <summary>The thresholds at places of the grid.</summary>
    public PoolThresholds Thresholds(int alpha, int[] betas) => new(Alphas[alpha], [.. betas.Select((beta, cut) => Betas[cut][beta])]);

    /// <summary>How many of the ascending values come before a value (with <paramref name="included"/>: before or at it).</summary>
    protected static int CountBelow(double[] ascending, double value, bool included)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (included ? ascending[middle] <= value : ascending[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
