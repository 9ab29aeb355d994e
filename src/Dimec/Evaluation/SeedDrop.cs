namespace Dimec.Evaluation;

/// <summary>
/// The drop over several seeds, where both the training and the samples are one draw of many: each resample draws as many seeds as there
/// are, with replacement, and then the samples, stratified by true class and the same ones for every seed drawn (Davison, Hinkley 1997,
/// resampling of a crossed design).
/// </summary>
/// <param name="Drop">The mean drop over the seeds.</param>
/// <param name="Interval">Its 95 % percentile interval.</param>
/// <param name="Seeds">How many seeds.</param>
/// <param name="Samples">How many samples, the same for each.</param>
public sealed record SeedDrop(double Drop, Interval Interval, int Seeds, int Samples)
{
    /// <summary>Measures the drop.</summary>
    /// <param name="seeds">One entry a seed, at least one; all over the same samples in the same order.</param>
    /// <param name="gold">The true classes of the samples, from 0.</param>
    /// <param name="options">The number of draws and the seed of the bootstrap.</param>
    public static SeedDrop Measure(IReadOnlyList<SeedSample> seeds, IReadOnlyList<int> gold, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentNullException.ThrowIfNull(gold);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (seeds.Count == 0 || seeds.Any(seed => seed.PolicyRight.Count != gold.Count || seed.CloudRight.Count != gold.Count))
            throw new ArgumentException("Every seed needs one entry a sample.", nameof(seeds));
        // 1 where only the cloud is right, −1 where only the policy is: [sample][seed], so that a drawn sample is one stretch of memory.
        sbyte[][] lost = [.. gold.Select((_, i) => seeds.Select(seed => (sbyte)seed.CloudRight[i].CompareTo(seed.PolicyRight[i])).ToArray())];
        sbyte[][][] strata = [.. Enumerable.Range(0, gold.Count).GroupBy(i => gold[i]).OrderBy(group => group.Key).Select(group => group.Select(i => lost[i]).ToArray())];
        double all = (double)seeds.Count * gold.Count;
        var drops = new double[options.BootstrapDraws];
        var random = new Random(options.Seed);
        var times = new int[seeds.Count];
        for (var draw = 0; draw < drops.Length; draw++)
        {
            Array.Clear(times);
            for (var i = 0; i < times.Length; i++)
                times[random.Next(times.Length)]++;
            drops[draw] = Resample(strata, times, random) / all;
        }

        return new SeedDrop(lost.Sum(sample => sample.Sum(value => value)) / all, Evaluation.Interval.OfDraws(drops), seeds.Count, gold.Count);
    }

    private static long Resample(sbyte[][][] strata, int[] times, Random random)
    {
        var sum = 0L;
        foreach (var stratum in strata)
        {
            for (var i = 0; i < stratum.Length; i++)
            {
                var sample = stratum[random.Next(stratum.Length)];
                for (var seed = 0; seed < times.Length; seed++)
                    sum += times[seed] * sample[seed];
            }
        }

        return sum;
    }
}
