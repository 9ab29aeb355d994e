namespace Dimec.Evaluation;

/// <summary>Exact bounds on a share from k of n (Clopper, Pearson 1934), by bisection of the binomial's tail.</summary>
public static class ClopperPearson
{
    /// <summary>The largest share at which k or fewer of n still have a probability of at least <paramref name="tail"/>.</summary>
    /// <param name="k">How many of the samples, 0 … n.</param>
    /// <param name="n">The number of samples, at least 1.</param>
    /// <param name="tail">The one-sided error, e.g. 0.025 for a 97.5 % bound.</param>
    /// <returns>1 where k = n.</returns>
    public static double Upper(int k, int n, double tail) =>
        k >= n ? 1 : Bisect(share => 1 - IncompleteBeta.Regularized(k + 1, n - k, share) >= tail);

    /// <summary>The smallest share at which k or more of n still have a probability of at least <paramref name="tail"/>.</summary>
    /// <param name="k">How many of the samples, 0 … n.</param>
    /// <param name="n">The number of samples, at least 1.</param>
    /// <param name="tail">The one-sided error, e.g. 0.025 for a 97.5 % bound.</param>
    /// <returns>0 where k = 0.</returns>
    public static double Lower(int k, int n, double tail) => 1 - Upper(n - k, n, tail);

    /// <summary>The two-sided interval whose ends each err with probability (1 − level) / 2.</summary>
    /// <param name="k">How many of the samples, 0 … n.</param>
    /// <param name="n">The number of samples, at least 1.</param>
    /// <param name="level">The confidence level, e.g. 0.95.</param>
    public static Interval Interval(int k, int n, double level = 0.95) =>
        new(Lower(k, n, (1 - level) / 2), Upper(k, n, (1 - level) / 2));

    /// <summary>The largest share in [0, 1] at which the condition, true at 0 and false at 1, holds.</summary>
    private static double Bisect(Func<double, bool> holds)
    {
        double low = 0, high = 1;
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (holds(middle))
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
