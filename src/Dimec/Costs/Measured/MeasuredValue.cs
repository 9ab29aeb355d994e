using Dimec.Statistics;

namespace Dimec.Costs.Measured;

/// <summary>Something that was measured several times.</summary>
/// <param name="Median">The median.</param>
/// <param name="Interval">An interval of the median of at least 95 %, its ends two of the measured values.</param>
/// <param name="Count">How often it was measured.</param>
public readonly record struct MeasuredValue(double Median, Interval Interval, int Count)
{
    /// <summary>The fewest values of which an interval of 95 % can be had: 2 · 0.5⁶ is below 5 %.</summary>
    public const int LeastCount = 6;

    /// <summary>
    /// The median of values with its interval by order statistics: the k-th smallest to the k-th largest for the largest k at which
    /// P(Binomial(n, ½) &lt; k) is at most 2.5 %. It assumes no distribution. Of fewer than <see cref="LeastCount"/> values the interval is
    /// the smallest and the largest, and is less sure.
    /// </summary>
    /// <param name="values">At least one, all finite.</param>
    public static MeasuredValue Of(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
            throw new ArgumentException("There is nothing to take the median of.", nameof(values));
        double[] sorted = [.. values.Order()];
        var (n, middle) = (sorted.Length, sorted.Length / 2);
        var rank = Rank(n);
        return new MeasuredValue(
            n % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, new Interval(sorted[rank], sorted[n - 1 - rank]), n);
    }

    /// <summary>The same in another unit, or shared among several.</summary>
    /// <param name="factor">What it is multiplied with; not negative.</param>
    public MeasuredValue Times(double factor) =>
        new(Median * factor, new Interval(Interval.Lower * factor, Interval.Upper * factor), Count);

    /// <summary>How many values lie outside the interval at each end.</summary>
    private static int Rank(int n)
    {
        const double Tail = 0.025;
        var (term, below, rank) = (Math.Pow(0.5, n), 0.0, 0);
        // P(Binomial(n, ½) ≤ rank) is what it takes for the median to lie outside.
        while (rank < (n - 1) / 2 && below + term <= Tail)
        {
            below += term;
            term *= (n - rank) / (rank + 1.0);
            rank++;
        }

        return Math.Max(0, rank - 1);
    }
}
