namespace Dimec.Statistics.Bounds;

/// <summary>
/// p = min(exp(−n · h(min(R̂, ε), ε)), e · P(Bin(n, ε) ≤ ⌈n R̂⌉)), with h the relative entropy of two coins. Losses that may be −1 are
/// brought into 0 … 1 first, by which most of what their small variance says is lost.
/// </summary>
public sealed class HoeffdingBentkusBound : IRiskBound
{
    /// <inheritdoc/>
    public string Name => "hoeffding-bentkus";

    /// <inheritdoc/>
    public string Source => "Bates et al. 2021, arXiv 2101.02703, proposition 7";

    /// <inheritdoc/>
    public bool TakesSigned => true;

    /// <inheritdoc/>
    public double PValue(LossTally tally, double limit)
    {
        BoundLimits.Check(this, tally, limit);
        if (tally.N == 0)
            return 1;
        // Halves are whole numbers after doubling: 2 n R̂ for signed losses is n + plus − minus.
        var (mean, level) = tally.IsSigned ? ((tally.Mean + 1) / 2, (limit + 1) / 2) : (tally.Mean, limit);
        var most = tally.IsSigned ? (tally.N + tally.Plus - tally.Minus + 1) / 2 : tally.Plus;
        var hoeffding = Math.Exp(-tally.N * RelativeEntropy(Math.Min(mean, level), level));
        return Math.Min(1, Math.Min(hoeffding, Math.E * Binomial.AtMost(most, tally.N, level)));
    }

    /// <summary>a ln(a / b) + (1 − a) ln((1 − a) / (1 − b)).</summary>
    private static double RelativeEntropy(double a, double b)
    {
        static double Term(double x, double y) => x <= 0 ? 0 : y <= 0 ? double.PositiveInfinity : x * Math.Log(x / y);
        return Term(a, b) + Term(1 - a, 1 - b);
    }
}
