namespace Dimec.Statistics.Bounds;

/// <summary>
/// With probability 1 − δ the mean is at most R̂ + √(2 V ln(2/δ) / n) + 7 r ln(2/δ) / (3 (n − 1)), V the losses' sample variance and r
/// their range; the p-value is the δ at which that is the limit.
/// </summary>
public sealed class EmpiricalBernsteinBound : IRiskBound
{
    /// <inheritdoc/>
    public string Name => "empirical-bernstein";

    /// <inheritdoc/>
    public string Source => "Maurer, Pontil 2009, arXiv 0907.3740, theorem 4";

    /// <inheritdoc/>
    public bool TakesSigned => true;

    /// <inheritdoc/>
    public double PValue(LossTally tally, double limit)
    {
        BoundLimits.Check(this, tally, limit);
        double n = tally.N;
        var gap = limit - tally.Mean;
        if (n < 2 || gap <= 0)
            return 1;
        var variance = (((tally.Plus + tally.Minus) / n) - (tally.Mean * tally.Mean)) * n / (n - 1);
        var range = tally.IsSigned ? 2.0 : 1.0;
        // gap = a √x + b x for x = ln(2/δ).
        var (a, b) = (Math.Sqrt(2 * variance / n), 7 * range / (3 * (n - 1)));
        var root = (-a + Math.Sqrt((a * a) + (4 * b * gap))) / (2 * b);
        return Math.Min(1, 2 * Math.Exp(-root * root));
    }
}
