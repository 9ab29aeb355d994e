namespace Dimec.Statistics;

/// <summary>An interval of confidence.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end.</param>
public readonly record struct Interval(double Lower, double Upper)
{
    private const double Tail = 0.025;

    /// <summary>
    /// The 95 % percentile interval of a bootstrap's draws, its ends on the draws outside the quantiles; the draws are sorted by it.
    /// </summary>
    /// <param name="draws">What was measured on each resample, at least one.</param>
    public static Interval OfDraws(double[] draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        Array.Sort(draws);
        return new Interval(draws[(int)(Tail * (draws.Length - 1))], draws[(int)Math.Ceiling((1 - Tail) * (draws.Length - 1))]);
    }
}
