namespace Dimec.Serving.Live;

/// <summary>How often which durations were seen, in bins of a quarter of a doubling from 0.1 ms on: a quantile is off by a tenth at most.
/// </summary>
internal sealed class LiveHistogram
{
    private const int Bins = 96;
    private const int BinsOfDoubling = 4;
    private const double First = 1e-4;

    private readonly int[] _counts = new int[Bins];

    /// <summary>How many durations there are.</summary>
    public int Count { get; private set; }

    /// <param name="seconds">A duration.</param>
    public void Add(double seconds)
    {
        Count++;
        var bin = seconds <= First ? 0 : (int)(Math.Log2(seconds / First) * BinsOfDoubling) + 1;
        _counts[Math.Min(bin, Bins - 1)]++;
    }

    /// <param name="other">Durations that are to be here as well.</param>
    public void Add(LiveHistogram other)
    {
        Count += other.Count;
        for (var bin = 0; bin < Bins; bin++)
            _counts[bin] += other._counts[bin];
    }

    /// <summary>The duration that so many are not above, in ms; null: there is none.</summary>
    /// <param name="share">Which share, 0 to 1.</param>
    public double? Quantile(double share)
    {
        if (Count == 0)
            return null;
        var rest = (int)Math.Ceiling(share * Count);
        for (var bin = 0; ; bin++)
        {
            rest -= _counts[bin];
            // The middle of the bin, where it has a lower end.
            if (rest <= 0)
                return Math.Round(1000 * First * Math.Pow(2, (bin - (bin == 0 ? 0 : 0.5)) / BinsOfDoubling), 3);
        }
    }
}
