namespace Dimec.Evaluation;

/// <summary>The accuracy drop of a policy against the cloud on the same samples, and its 95 % interval.</summary>
/// <remarks>
/// A paired bootstrap, stratified by true class: 10,000 draws, of which the 2.5 % and 97.5 % quantiles are taken. Only three kinds of
/// samples differ in a draw (only the policy is right, only the cloud is, neither or both), so a draw is a multinomial a class instead of
/// a resampling of rows. Below 10 disagreements the bootstrap sees too few of them and the bound is exact: [−U(n₀₁), U(n₁₀)] / n, each U the
/// one-sided 97.5 % Clopper–Pearson bound (method section 7).
/// </remarks>
public static class PairedDrop
{
    private const int Draws = 10_000;
    private const int FewestForBootstrap = 10;
    private const double Tail = 0.025;

    /// <summary>The drop and its interval, in fractions of accuracy.</summary>
    /// <param name="policy">The classes that the policy answered; at least one.</param>
    /// <param name="cloud">The classes that the cloud answered, as many.</param>
    /// <param name="gold">The true classes, as many.</param>
    /// <param name="seed">Seeds the bootstrap. Default 0.</param>
    public static (double Drop, Interval Interval) Of(IReadOnlyList<int> policy, IReadOnlyList<int> cloud, IReadOnlyList<int> gold, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(gold);
        ArgumentOutOfRangeException.ThrowIfNotEqual(cloud.Count, policy.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gold.Count, policy.Count);
        var strata = new SortedDictionary<int, Stratum>();
        for (var i = 0; i < policy.Count; i++)
        {
            var stratum = strata.GetValueOrDefault(gold[i]);
            var (policyRight, cloudRight) = (policy[i] == gold[i], cloud[i] == gold[i]);
            strata[gold[i]] = new Stratum(
                stratum.Samples + 1,
                stratum.OnlyPolicy + (policyRight && !cloudRight ? 1 : 0),
                stratum.OnlyCloud + (cloudRight && !policyRight ? 1 : 0));
        }

        var n = policy.Count;
        var onlyPolicy = strata.Values.Sum(stratum => stratum.OnlyPolicy);
        var onlyCloud = strata.Values.Sum(stratum => stratum.OnlyCloud);
        var interval = onlyPolicy + onlyCloud < FewestForBootstrap
            ? new Interval(-ClopperPearson.Upper(onlyPolicy, n, Tail), ClopperPearson.Upper(onlyCloud, n, Tail))
            : Bootstrap([.. strata.Values], n, seed);
        return ((double)(onlyCloud - onlyPolicy) / n, interval);
    }

    private static Interval Bootstrap(Stratum[] strata, int n, int seed)
    {
        var random = new SplitMix64(unchecked((ulong)seed));
        var drops = new double[Draws];
        foreach (var stratum in strata.Where(stratum => stratum.OnlyPolicy + stratum.OnlyCloud > 0))
        {
            double size = stratum.Samples;
            var onlyCloud = new BinomialTable(stratum.Samples, stratum.OnlyCloud / size);
            // Given how many only the cloud gets right, the rest of the draw is binomial among the other samples.
            var share = stratum.OnlyCloud == stratum.Samples ? 0 : stratum.OnlyPolicy / (size - stratum.OnlyCloud);
            var onlyPolicy = new Dictionary<int, BinomialTable>();
            for (var d = 0; d < Draws; d++)
            {
                var cloud = onlyCloud.Draw(random.NextDouble());
                if (!onlyPolicy.TryGetValue(cloud, out var table))
                    onlyPolicy[cloud] = table = new BinomialTable(stratum.Samples - cloud, share);
                drops[d] += cloud - table.Draw(random.NextDouble());
            }
        }

        Array.Sort(drops);
        return new Interval(Quantile(drops, Tail) / n, Quantile(drops, 1 - Tail) / n);
    }

    /// <summary>Linear between the two nearest draws.</summary>
    private static double Quantile(double[] sorted, double quantile)
    {
        var place = quantile * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    private readonly record struct Stratum(int Samples, int OnlyPolicy, int OnlyCloud);
}
