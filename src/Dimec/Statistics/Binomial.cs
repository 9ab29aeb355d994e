namespace Dimec.Statistics;

/// <summary>The binomial distribution: probabilities, exact bounds on its p, and draws.</summary>
public static class Binomial
{
    /// <summary>P(X ≤ k) for X ~ Bin(n, p).</summary>
    public static double AtMost(int k, int n, double p)
    {
        if (k >= n || p <= 0)
            return 1;
        if (k < 0 || p >= 1)
            return 0;
        // From the end that is nearer to the tail, where terms fall fast enough to stop early.
        return k < n * p ? Math.Min(1, Tail(k, n, p)) : 1 - Tail(n - k - 1, n, 1 - p);
    }

    /// <summary>P(X ≤ k) for k below the mean.</summary>
    private static double Tail(int k, int n, double p)
    {
        var (sum, odds) = (0.0, (1 - p) / p);
        var term = Math.Exp(LogProbability(k, n, p));
        for (var i = k; i >= 0 && term > sum * 1e-18; i--)
        {
            sum += term;
            term *= odds * i / (n - i + 1);
        }

        return sum;
    }

    /// <summary>The upper Clopper–Pearson bound: the p at which k or fewer of n have probability α; 1 where k = n.</summary>
    public static double UpperBound(int k, int n, double alpha)
    {
        var (low, high) = (k / (double)n, 1.0);
        if (k == n)
            return 1;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (AtMost(k, n, middle) > alpha)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    /// <summary>The two-sided Clopper–Pearson interval for the p behind k of n (Clopper, Pearson 1934).</summary>
    public static Interval ClopperPearson(int k, int n, double confidence) =>
        new(1 - UpperBound(n - k, n, (1 - confidence) / 2), UpperBound(k, n, (1 - confidence) / 2));

    /// <summary>log P(X = k).</summary>
    public static double LogProbability(int k, int n, double p) =>
        LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k) + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p));

    /// <summary>log n!, by Stirling's series from 20 on (error below 1e-13).</summary>
    private static double LogFactorial(int n)
    {
        if (n < 20)
        {
            var product = 1.0;
            for (var i = 2; i <= n; i++)
                product *= i;
            return Math.Log(product);
        }

        double x = n + 1;
        var inverse = 1 / (x * x);
        return ((x - 0.5) * Math.Log(x))
            - x + (0.5 * Math.Log(2 * Math.PI)) + ((1 / 12.0) - (inverse * ((1 / 360.0) - (inverse / 1260.0)))) / x;
    }
}
