namespace Dimec.Statistics.Bounds;

/// <summary>
/// The binomial test: of n losses of 0 or 1 whose mean is the limit, so few are 1 with this probability. No test of such losses that looks
/// at their number alone is stronger. Without any loss a limit of ε takes n ≥ ln δ / ln(1 − ε): 598 samples for 0.5 % at 95 %.
/// </summary>
public sealed class ExactBound : IRiskBound
{
    /// <summary>The name.</summary>
    public const string ExactName = "exact";

    /// <inheritdoc/>
    public string Name => ExactName;

    /// <inheritdoc/>
    public string Source => "Clopper, Pearson 1934";

    /// <inheritdoc/>
    public bool TakesSigned => false;

    /// <inheritdoc/>
    public double PValue(LossTally tally, double limit)
    {
        BoundLimits.Check(this, tally, limit);
        return tally.N == 0 ? 1 : Binomial.AtMost(tally.Plus, tally.N, limit);
    }
}
