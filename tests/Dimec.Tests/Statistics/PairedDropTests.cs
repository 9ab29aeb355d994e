using Dimec.Statistics;

namespace Dimec.Tests.Statistics;

public class PairedDropTests
{
    [Fact]
    public void Below_ten_disagreements_the_bound_is_exact()
    {
        // 200 samples: the policy alone is right on 2, the cloud alone on 3.
        var interval = PairedDrop.Interval(Right(200, 10, 11, 12), Right(200, 20, 21), new int[200]);
        Assert.Equal(-Binomial.UpperBound(2, 200, 0.025), interval.Lower);
        Assert.Equal(Binomial.UpperBound(3, 200, 0.025), interval.Upper);
    }

    [Fact]
    public void Without_any_disagreement_the_interval_is_not_a_point()
    {
        var interval = PairedDrop.Interval(Right(100), Right(100), new int[100]);
        Assert.Equal(1 - Math.Pow(0.025, 0.01), interval.Upper, 1e-9);
        Assert.Equal(-interval.Upper, interval.Lower);
    }

    [Fact]
    public void Ten_disagreements_are_resampled()
    {
        // All ten are the cloud's, so no resample has a negative drop, which the exact bound would allow.
        var interval = PairedDrop.Interval(Right(500, [.. Enumerable.Range(0, 10)]), Right(500), new int[500]);
        Assert.True(interval.Lower > 0);
    }

    [Fact]
    public void The_interval_agrees_with_resampling_rows_within_classes()
    {
        var random = new Random(5);
        int[] gold = [.. Enumerable.Range(0, 900).Select(_ => random.Next(3))];
        bool[] Noisy(double share) => [.. gold.Select(label => random.NextDouble() < share * (1 + label))];
        var (policy, cloud) = (Noisy(0.25), Noisy(0.28));

        var interval = PairedDrop.Interval(policy, cloud, gold);

        var rows = ResampleRows(policy, cloud, gold, random);
        Assert.Equal(rows[(int)(0.025 * rows.Length)], interval.Lower, 0.004);
        Assert.Equal(rows[(int)(0.975 * rows.Length)], interval.Upper, 0.004);
    }

    [Fact]
    public void The_seed_decides()
    {
        var (policy, cloud) = (Right(300, [.. Enumerable.Range(0, 40)]), Right(300, [.. Enumerable.Range(30, 20)]));
        var first = PairedDrop.Interval(policy, cloud, new int[300], seed: 3);
        Assert.Equal(first, PairedDrop.Interval(policy, cloud, new int[300], seed: 3));
        // Few draws, so that the ends are not the same by the coarseness of 1/300.
        Interval With(int seed) => PairedDrop.Interval(policy, cloud, new int[300], draws: 100, seed: seed);
        Assert.True(Enumerable.Range(0, 10).Select(With).Distinct().Count() > 1);
    }

    private static bool[] Right(int n, params int[] wrong) => [.. Enumerable.Range(0, n).Select(i => !wrong.Contains(i))];

    /// <summary>Row by row within each class; the drops in ascending order.</summary>
    private static double[] ResampleRows(bool[] policy, bool[] cloud, int[] gold, Random random)
    {
        var rowsOf = gold.Index().GroupBy(row => row.Item, row => row.Index).Select(group => group.ToArray()).ToArray();
        return [.. Enumerable.Range(0, 4000).Select(_ => rowsOf.Sum(rows => rows.Sum(_ =>
        {
            var i = rows[random.Next(rows.Length)];
            return (cloud[i] ? 1 : 0) - (policy[i] ? 1 : 0);
        })) / (double)gold.Length).Order()];
    }
}
