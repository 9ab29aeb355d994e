namespace Dimec.Evaluation;

/// <summary>
/// The accuracy drop of a policy against the cloud on the same samples, with its 95 % interval (method section 7).
/// With n₁₀ samples that only the cloud and n₀₁ that only the policy gets right, drop = (n₁₀ − n₀₁) / n.
/// </summary>
internal static class PairedDrop
{
    /// <summary>Below so many disagreements the bootstrap sees too few different samples to be trusted.</summary>
    public const int FewDisagreements = 10;

    private const double Tail = 0.025;

    /// <summary>
    /// The 95 % interval. Below 10 disagreements it is [−U(n₀₁), U(n₁₀)] / n, each U the one-sided 97.5 % Clopper–Pearson bound as a count.
    /// Else it is a paired percentile bootstrap, stratified by the true class: every resample keeps each class's number of samples and
    /// draws within the class, policy and cloud together. Only how many samples fall in each of the three cells (only policy, only
    /// cloud, both alike) matters, so these counts are drawn from their multinomial distribution: the same law at a fraction of the work.
    /// </summary>
    /// <param name="policyRight">For each sample, whether the policy is right.</param>
    /// <param name="cloudRight">For each sample, whether the cloud is right.</param>
    /// <param name="gold">The true classes, from 0.</param>
    /// <param name="options">The number of draws and the seed.</param>
    public static Interval Interval(IReadOnlyList<bool> policyRight, IReadOnlyList<bool> cloudRight, IReadOnlyList<int> gold, EvaluationOptions options)
    {
        var strata = gold.Select((label, i) => (label, only: policyRight[i].CompareTo(cloudRight[i])))
            .GroupBy(sample => sample.label)
            .OrderBy(group => group.Key)
            .Select(group => new Stratum(group.Count(), group.Count(sample => sample.only > 0), group.Count(sample => sample.only < 0)))
            .ToArray();
        var (onlyPolicy, onlyCloud) = (strata.Sum(stratum => stratum.OnlyPolicy), strata.Sum(stratum => stratum.OnlyCloud));
        return onlyPolicy + onlyCloud < FewDisagreements
            ? Exact(onlyPolicy, onlyCloud, gold.Count)
            : Bootstrap(strata, gold.Count, options);
    }

    /// <summary>The interval for few disagreements.</summary>
    public static Interval Exact(int onlyPolicy, int onlyCloud, int n) => new(-Binomial.UpperBound(onlyPolicy, n, Tail), Binomial.UpperBound(onlyCloud, n, Tail));

    private static Interval Bootstrap(Stratum[] strata, int n, EvaluationOptions options)
    {
        var sampler = new BinomialSampler(new Random(options.Seed));
        var drops = new double[options.BootstrapDraws];
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

        return Evaluation.Interval.OfDraws(drops);
    }

    private readonly record struct Stratum(int Count, int OnlyPolicy, int OnlyCloud);
}
