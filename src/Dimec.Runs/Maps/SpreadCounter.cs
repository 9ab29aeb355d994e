namespace Dimec.Runs.Maps;

/// <summary>
/// Finds the spread of any number of values without keeping them: each falls into one of many bins, whose mean then stands for it.
/// </summary>
/// <param name="highest">The values lie between 0 and this; quantiles are exact to a 65,536th of it.</param>
public sealed class SpreadCounter(double highest)
{
    private const int Bins = 1 << 16;
    private readonly long[] _counts = new long[Bins + 1];
    private readonly double[] _sums = new double[Bins + 1];
    private long _count;

    /// <summary>The spread of what was added; at least one value.</summary>
    public Spread Spread => new(At(0.1), At(0.5), At(0.9), _sums.Sum() / _count);

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        var bin = Math.Clamp((int)(value / highest * Bins), 0, Bins);
        _counts[bin]++;
        _sums[bin] += value;
        _count++;
    }

    private double At(double quantile)
    {
        var (rank, bin) = ((long)(quantile * (_count - 1)), 0);
        for (; rank >= _counts[bin]; bin++)
            rank -= _counts[bin];
        return _sums[bin] / _counts[bin];
    }
}
