using Dimec.Evaluation;

namespace Dimec.Tests.Evaluation;

public class SeedDropTests
{
    [Fact]
    public void The_drop_is_the_mean_over_seeds()
    {
        bool[] all = [true, true, true, true];
        var drop = SeedDrop.Measure([new([false, true, true, true], all), new([false, false, false, true], all)], [0, 0, 1, 1], new EvaluationOptions());
        Assert.Equal(0.5, drop.Drop, 1e-12);
        Assert.Equal((2, 4), (drop.Seeds, drop.Samples));
        Assert.InRange(drop.Interval.Lower, 0, 0.5);
        Assert.InRange(drop.Interval.Upper, 0.5, 1);
    }

    [Fact]
    public void One_seed_is_the_paired_bootstrap()
    {
        var (policy, cloud, gold) = Made(400, 0.1, 1);
        var paired = PairedDrop.Interval(policy, cloud, gold, new EvaluationOptions());
        var seeds = SeedDrop.Measure([new(policy, cloud)], gold, new EvaluationOptions { Seed = 1 });
        Assert.Equal(paired.Lower, seeds.Interval.Lower, 0.006);
        Assert.Equal(paired.Upper, seeds.Interval.Upper, 0.006);
    }

    [Fact]
    public void Seeds_that_differ_widen_the_interval()
    {
        // The same samples and the same mean drop, once the same for every seed and once all in one seed of three.
        var gold = new int[600];
        bool[] Right(int wrong) => [.. Enumerable.Range(0, 600).Select(i => i >= wrong)];
        double Width(params int[] wrong)
        {
            var interval = SeedDrop.Measure([.. wrong.Select(count => new SeedSample(Right(count), Right(0)))], gold, new EvaluationOptions()).Interval;
            return interval.Upper - interval.Lower;
        }

        Assert.True(Width(0, 0, 90) > 2 * Width(30, 30, 30));
    }

    private static (bool[] Policy, bool[] Cloud, int[] Gold) Made(int n, double wrong, int seed)
    {
        var random = new Random(seed);
        bool[] Right() => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() > wrong)];
        return (Right(), Right(), [.. Enumerable.Range(0, n).Select(i => i % 3)]);
    }
}
