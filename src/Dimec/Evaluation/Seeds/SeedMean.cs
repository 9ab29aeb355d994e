using System.Numerics.Tensors;
using Dimec.Statistics;

namespace Dimec.Evaluation.Seeds;

/// <summary>
/// A mean over several seeds, where both the training and the samples are one draw of many: each resample draws as many seeds as there
/// are, with replacement, and then the samples, stratified by true class and the same ones for every seed drawn (Davison, Hinkley 1997,
/// resampling of a crossed design).
/// </summary>
/// <param name="Mean">The mean over seeds and samples.</param>
/// <param name="Interval">Its 95 % percentile interval.</param>
/// <param name="Seeds">How many seeds.</param>
/// <param name="Samples">How many samples, the same for each.</param>
public sealed record SeedMean(double Mean, Interval Interval, int Seeds, int Samples)
{
    /// <summary>The mean with its interval.</summary>
    public Estimate Estimate => new(Mean, Interval);

    /// <summary>Measures the mean of a value of each sample.</summary>
    /// <param name="values">By seed, at least one, and then by sample; all over the same samples in the same order.</param>
    /// <param name="gold">The true classes of the samples, from 0.</param>
    /// <param name="options">The number of draws and the seed of the bootstrap.</param>
    public static SeedMean Of(IReadOnlyList<IReadOnlyList<double>> values, IReadOnlyList<int> gold, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(gold);
        ArgumentNullException.ThrowIfNull(options);
        var draws = Draws(values, gold, options);
        return new SeedMean(
            values.Sum(seed => seed.Sum()) / ((double)values.Count * gold.Count), Statistics.Interval.OfDraws(draws), values.Count,
            gold.Count);
    }

    /// <summary>
    /// Measures the drop: accuracy of the cloud − accuracy of the policy, on the same samples. Where fewer than 10 samples disagree in any
    /// seed, the interval is the exact one of one seed in which all of them do.
    /// </summary>
    /// <param name="seeds">One entry a seed, at least one; all over the same samples in the same order.</param>
    /// <param name="gold">The true classes of the samples, from 0.</param>
    /// <param name="options">The number of draws and the seed of the bootstrap.</param>
    public static SeedMean OfDrop(IReadOnlyList<SeedSample> seeds, IReadOnlyList<int> gold, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentNullException.ThrowIfNull(gold);
        if (seeds.Any(seed => seed.PolicyRight.Count != gold.Count || seed.CloudRight.Count != gold.Count))
            throw new ArgumentException("Every seed needs one entry a sample.", nameof(seeds));
        // 1 where only the cloud is right, −1 where only the policy is.
        double[][] lost = [.. seeds.Select(seed =>
            (double[])[.. gold.Select((_, i) => (double)seed.CloudRight[i].CompareTo(seed.PolicyRight[i]))])];
        return OfLost(lost, gold, options);
    }

    /// <summary>
    /// Measures the share of right answers. Where fewer than 10 samples are wrong in any seed, or right in any, no resample would tell how
    /// rare the others are, and the interval is the exact one of one seed in which all of them are.
    /// </summary>
    /// <param name="right">By seed, at least one, and then by sample; all over the same samples in the same order.</param>
    /// <param name="gold">The true classes of the samples, from 0.</param>
    /// <param name="options">The number of draws and the seed of the bootstrap.</param>
    public static SeedMean OfRight(IReadOnlyList<IReadOnlyList<bool>> right, IReadOnlyList<int> gold, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(gold);
        var mean = Of([.. right.Select(seed => (double[])[.. seed.Select(isRight => isRight ? 1.0 : 0)])], gold, options);
        var (rights, wrongs) = (Samples(isRight => isRight), Samples(isRight => !isRight));
        return Math.Min(rights, wrongs) < PairedDrop.FewDisagreements
            ? mean with
            {
                Interval = new Interval(
                    1 - Binomial.UpperBound(wrongs, gold.Count, PairedDrop.Tail), Binomial.UpperBound(rights, gold.Count, PairedDrop.Tail)),
            }
            : mean;

        int Samples(Func<bool, bool> lies) => Enumerable.Range(0, gold.Count).Count(i => right.Any(seed => lies(seed[i])));
    }

    /// <summary>The same of what each sample loses against the cloud, by seed: −1 … 1.</summary>
    internal static SeedMean OfLost(double[][] lost, IReadOnlyList<int> gold, EvaluationOptions options)
    {
        var mean = Of(lost, gold, options);
        var (onlyPolicy, onlyCloud) = (Samples(value => value < 0), Samples(value => value > 0));
        // A sample that seeds disagree on may count in both: the bounds are then rather too wide than too narrow.
        return onlyPolicy + onlyCloud < PairedDrop.FewDisagreements
            ? mean with { Interval = PairedDrop.Exact(onlyPolicy, onlyCloud, gold.Count) }
            : mean;

        int Samples(Func<double, bool> lies) => Enumerable.Range(0, gold.Count).Count(i => lost.Any(seed => lies(seed[i])));
    }

    /// <summary>
    /// The means of all resamples. What is drawn depends on the options and the classes alone, so the draws of two calls pair up.
    /// </summary>
    /// <param name="values">By seed, at least one, and then by sample; all over the same samples in the same order.</param>
    /// <param name="gold">The true classes of the samples, from 0.</param>
    /// <param name="options">The number of draws and the seed of the bootstrap.</param>
    public static double[] Draws(IReadOnlyList<IReadOnlyList<double>> values, IReadOnlyList<int> gold, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(gold);
        ArgumentNullException.ThrowIfNull(options);
        InputErrors.Check(options.Validate);
        if (values.Count == 0 || values.Any(seed => seed.Count != gold.Count))
            throw new ArgumentException("Every seed needs one entry a sample.", nameof(values));
        int[] order = [.. Enumerable.Range(0, gold.Count).OrderBy(i => gold[i])];
        int[] strata = [.. gold.CountBy(label => label).OrderBy(count => count.Key).Select(count => count.Value)];
        double[][] bySeed = [.. values.Select(seed => (double[])[.. order.Select(i => seed[i])])];
        double all = (double)values.Count * gold.Count;
        var (means, drawn) = (new double[options.BootstrapDraws], new double[gold.Count]);
        var random = new Xoshiro(options.Seed);
        for (var draw = 0; draw < means.Length; draw++)
        {
            Array.Clear(drawn);
            for (var i = 0; i < bySeed.Length; i++)
                TensorPrimitives.Add(drawn, bySeed[random.Next(bySeed.Length)], drawn);
            means[draw] = Resample(drawn, strata, random) / all;
        }

        return means;
    }

    /// <summary>The sum of a resample of values in the order of their strata, as many of each stratum as it has.</summary>
    private static double Resample(double[] values, int[] strata, Xoshiro random)
    {
        var (sum, from) = (0.0, 0);
        foreach (var count in strata)
        {
            var stratum = values.AsSpan(from, count);
            for (var i = 0; i < stratum.Length; i++)
                sum += stratum[random.Next(stratum.Length)];
            from += count;
        }

        return sum;
    }
}
