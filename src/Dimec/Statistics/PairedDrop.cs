namespace Dimec.Statistics;

/// <summary>
/// The accuracy drop of a policy against the cloud on the same samples, with its 95 % interval (method section 7).
/// With n₁₀ samples that only the cloud and n₀₁ that only the policy gets right, drop = (n₁₀ − n₀₁) / n.
/// </summary>
internal static class PairedDrop
{
    /// <summary>Below so many disagreements the bootstrap sees too few different samples to be trusted.</summary>
    public const int FewDisagreements = 10;

    /// <summary>The draws of the bootstrap where nobody asks for others.</summary>
    public const int UsualDraws = 10_000;

    /// <summary>What lies beyond each end of an interval.</summary>
    public const double Tail = 0.025;

    /// <summary>The 97.5 % point of the normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>
    /// The 95 % interval. Below 10 disagreements it is [−U(n₀₁), U(n₁₀)] / n, each U the one-sided 97.5 % Clopper–Pearson bound as a count.
    /// Else it is a paired percentile bootstrap, stratified by the true class: every resample keeps each class's number of samples and
    /// draws within the class, policy and cloud together. Only how many samples fall in each of the three cells (only policy, only
    /// cloud, both alike) matters, so these counts are drawn from their multinomial distribution: the same law at a fraction of the work.
    /// </summary>
    /// <param name="policyRight">For each sample, whether the policy is right.</param>
    /// <param name="cloudRight">For each sample, whether the cloud is right.</param>
    /// <param name="gold">The true classes, from 0.</param>
    /// <param name="draws">The number of draws.</param>
    /// <param name="seed">Seeds .NET's <see cref="Random"/>, which draws the resamples.</param>
    public static Interval Interval(
        IReadOnlyList<bool> policyRight, IReadOnlyList<bool> cloudRight, IReadOnlyList<int> gold, int draws = UsualDraws, int seed = 0)
    {
        var strata = gold.Select((label, i) => (label, only: policyRight[i].CompareTo(cloudRight[i])))
            .GroupBy(sample => sample.label)
            .OrderBy(group => group.Key)
            .Select(group => new Stratum(group.Count(), group.Count(sample => sample.only > 0), group.Count(sample => sample.only < 0)))
            .ToArray();
        var (onlyPolicy, onlyCloud) = (strata.Sum(stratum => stratum.OnlyPolicy), strata.Sum(stratum => stratum.OnlyCloud));
        return onlyPolicy + onlyCloud < FewDisagreements
            ? Exact(onlyPolicy, onlyCloud, gold.Count)
            : Bootstrap(strata, gold.Count, draws, seed);
    }

    /// <summary>The interval for few disagreements.</summary>
    public static Interval Exact(int onlyPolicy, int onlyCloud, int n) =>
        new(-Binomial.UpperBound(onlyPolicy, n, Tail), Binomial.UpperBound(onlyCloud, n, Tail));

    /// <summary>
    /// About how many samples like these show that a drop stays within a limit above it, with 95 % confidence: (z · s / (limit − drop))²,
    /// s² the variance of a sample's loss, and never fewer than it takes where policy and cloud do not disagree at all, which is ln 0.025 /
    /// ln(1 − limit) for a limit above 0.
    /// </summary>
    /// <param name="onlyPolicy">n₀₁, the samples that only the policy gets right.</param>
    /// <param name="onlyCloud">n₁₀, those that only the cloud gets right.</param>
    /// <param name="n">The number of samples.</param>
    /// <param name="limit">The drop that is allowed, a fraction below 1.</param>
    /// <returns>The number; null where the limit is not above the drop, which no number of samples can show.</returns>
    public static double? Needed(int onlyPolicy, int onlyCloud, int n, double limit)
    {
        var drop = (onlyCloud - onlyPolicy) / (double)n;
        if (drop >= limit)
            return null;
        var variance = ((onlyCloud + onlyPolicy) / (double)n) - (drop * drop);
        return Math.Max(
            limit > 0 ? Math.Ceiling(Math.Log(Tail) / Math.Log(1 - limit)) : 0,
            Math.Ceiling(Z * Z * variance / ((limit - drop) * (limit - drop))));
    }

    private static Interval Bootstrap(Stratum[] strata, int n, int draws, int seed)
    {
        var sampler = new BinomialSampler(new Random(seed));
        var drops = new double[draws];
        for (var draw = 0; draw < drops.Length; draw++)
        {
            var lost = 0;
            foreach (var stratum in strata)
            {
                var onlyPolicy = sampler.Next(stratum.Count, stratum.OnlyPolicy / (double)stratum.Count);
                // Given the first cell, the second is binomial among the rest.
                var rest = stratum.Count - stratum.OnlyPolicy;
                var onlyCloud = rest == 0 ? 0 : sampler.Next(stratum.Count - onlyPolicy, stratum.OnlyCloud / (double)rest);
                lost += onlyCloud - onlyPolicy;
            }

            drops[draw] = lost / (double)n;
        }

        return Statistics.Interval.OfDraws(drops);
    }

    private readonly record struct Stratum(int Count, int OnlyPolicy, int OnlyCloud);
}
