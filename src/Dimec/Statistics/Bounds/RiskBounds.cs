namespace Dimec.Statistics.Bounds;

/// <summary>The bounds by their names; a new one is its class and an entry here.</summary>
public static class RiskBounds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IRiskBound> All { get; } =
        [new ExactBound(), new BettingBound(), new EmpiricalBernsteinBound(), new HoeffdingBentkusBound()];

    /// <summary>The bound of a name; null where none has it.</summary>
    public static IRiskBound? Find(string name) => All.FirstOrDefault(bound => bound.Name == name);

    /// <summary>
    /// The largest mean that losses do not speak against: with a probability of at least 1 − α, that of all samples like these is no
    /// larger.
    /// </summary>
    /// <param name="bound">The bound.</param>
    /// <param name="tally">The losses.</param>
    /// <param name="alpha">α, over 0 and under 1.</param>
    /// <returns>At most 1, and at least the losses' own mean.</returns>
    public static double Upper(this IRiskBound bound, LossTally tally, double alpha)
    {
        ArgumentNullException.ThrowIfNull(bound);
        var (low, high) = (Math.Max(tally.Mean, tally.IsSigned ? -1 : 0), 1.0);
        for (var i = 0; i < 50; i++)
        {
            var middle = (low + high) / 2;
            if (bound.PValue(tally, middle) > alpha)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    /// <summary>About how many samples like these show that the mean loss is below a limit.</summary>
    /// <param name="bound">The bound.</param>
    /// <param name="tally">The losses that were seen.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="alpha">α, over 0 and under 1.</param>
    /// <returns>The number; null where the limit is not above the losses' mean, which no number of samples can show.</returns>
    public static int? Needed(this IRiskBound bound, LossTally tally, double limit, double alpha)
    {
        ArgumentNullException.ThrowIfNull(bound);
        if (tally.Mean >= limit)
            return null;
        // As many times as many losses as samples, rounded against the promise.
        bool Shows(int n) => bound.PValue(tally.Times(n / (double)Math.Max(1, tally.N), n), limit) <= alpha;
        var high = 1;
        while (!Shows(high))
        {
            if (high >= MostSamples)
                return null;
            high *= 2;
        }

        var low = high / 2;
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Shows(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }

    /// <summary>More samples than anybody has.</summary>
    private const int MostSamples = 1 << 26;
}
