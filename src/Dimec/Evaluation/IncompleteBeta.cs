namespace Dimec.Evaluation;

/// <summary>The regularised incomplete beta function I_x(a, b), which is the upper tail of a binomial: P(X ≥ k) = I_p(k, n − k + 1).</summary>
internal static class IncompleteBeta
{
    private const double Tiny = 1e-300;

    /// <summary>I_x(a, b) for a, b ≥ 1 and x in 0 … 1, by its continued fraction (DLMF 8.17.22) with Lentz's method.</summary>
    public static double Regularized(double a, double b, double x)
    {
        if (x <= 0)
            return 0;
        if (x >= 1)
            return 1;
        // The fraction converges fast on this side only; the other follows from I_x(a, b) = 1 − I_{1−x}(b, a).
        if (x > (a + 1) / (a + b + 2))
            return 1 - Regularized(b, a, 1 - x);
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x))) / a;
        return front / Fraction(a, b, x);
    }

    /// <summary>1 + t₁/(1 + t₂/(1 + …)).</summary>
    private static double Fraction(double a, double b, double x)
    {
        double value = 1, c = 1, d = 0;
        for (var index = 1; index < 100_000; index++)
        {
            var term = Term(a, b, x, index);
            d = 1 / Away(1 + (term * d));
            c = Away(1 + (term / c));
            value *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-15)
                break;
        }

        return value;
    }

    private static double Term(double a, double b, double x, int index)
    {
        var m = index / 2;
        return index % 2 == 0
            ? m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)))
            : -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
    }

    private static double Away(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    /// <summary>ln Γ(x) for x ≥ 1: Stirling's series after shifting x beyond 15, good to 1e-14.</summary>
    internal static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 15; x++)
            shift += Math.Log(x);
        var r = 1 / (x * x);
        var series = (1 / 12.0 - (r * (1 / 360.0 - (r * (1 / 1260.0 - (r / 1680.0)))))) / x;
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - shift;
    }
}
