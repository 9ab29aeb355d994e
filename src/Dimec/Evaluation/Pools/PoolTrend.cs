namespace Dimec.Evaluation.Pools;

/// <summary>
/// Whether a tier gets less right from the easy pool to the hard one: the Cochran–Armitage test for a trend (Armitage 1955), with the pools
/// numbered 0, 1, … and its p-value by permutation, which holds for few samples and small pools as well.
/// </summary>
/// <param name="Tier">The tier whose exit is read.</param>
/// <param name="Slope">The change of accuracy from a pool to the next harder one (least squares over the samples);
/// null where all samples are in one pool.</param>
/// <param name="PValue">
/// One-sided: how likely so steep a fall is by chance if right and wrong had nothing to do with the pools:
/// (1 + permutations that fall at least as steeply) / (1 + permutations); near 1 where accuracy rises.
/// Null where all samples are in one pool, or all right, or all wrong.
/// </param>
public sealed record PoolTrend(string Tier, double? Slope, double? PValue)
{
    private const int Permutations = 9999;

    /// <summary>Tests one tier.</summary>
    internal static PoolTrend Measure(string tier, bool[] right, IReadOnlyList<int> pools, Random random)
    {
        var (meanPool, n) = (pools.Average(), right.Length);
        var variance = pools.Sum(pool => (pool - meanPool) * (pool - meanPool));
        if (variance == 0)
            return new PoolTrend(tier, null, null);
        var correct = right.Count(isRight => isRight);
        var sum = right.Select((isRight, i) => isRight ? (long)pools[i] : 0).Sum();
        var slope = (sum - (correct * meanPool)) / variance;
        if (correct == 0 || correct == n)
            return new PoolTrend(tier, slope, null);
        var asSteep = 0;
        int[] shuffled = [.. pools];
        for (var i = 0; i < Permutations; i++)
            asSteep += SumOfRandom(shuffled, correct, random) <= sum ? 1 : 0;
        return new PoolTrend(tier, slope, (1.0 + asSteep) / (1 + Permutations));
    }

    /// <summary>
    /// The pools' numbers of so many samples drawn without replacement, added up:
    /// the test's statistic where right and wrong are dealt at random.
    /// </summary>
    private static long SumOfRandom(int[] pools, int count, Random random)
    {
        var sum = 0L;
        for (var i = 0; i < count; i++)
        {
            var chosen = random.Next(i, pools.Length);
            (pools[i], pools[chosen]) = (pools[chosen], pools[i]);
            sum += pools[i];
        }

        return sum;
    }
}
