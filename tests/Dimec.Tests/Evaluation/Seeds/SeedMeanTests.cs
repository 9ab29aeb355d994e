using Dimec.Evaluation;
using Dimec.Evaluation.Seeds;
using Dimec.Statistics;

namespace Dimec.Tests.Evaluation.Seeds;

public class SeedMeanTests
{
    [Fact]
    public void The_drop_is_the_mean_over_seeds()
    {
        bool[] Right(int wrong) => [.. Enumerable.Range(0, 24).Select(i => i >= wrong)];
        var drop = SeedMean.OfDrop(
            [new(Right(6), Right(0)), new(Right(18), Right(0))], [.. Enumerable.Range(0, 24).Select(i => i % 2)], new EvaluationOptions());
        Assert.Equal(0.5, drop.Mean, 1e-12);
        Assert.Equal((2, 24), (drop.Seeds, drop.Samples));
        Assert.InRange(drop.Interval.Lower, 0, 0.5);
        Assert.InRange(drop.Interval.Upper, 0.5, 1);
    }

    [Fact]
    public void Few_disagreements_have_the_exact_interval()
    {
        bool[] Right(int wrong) => [.. Enumerable.Range(0, 100).Select(i => i >= wrong)];
        var drop = SeedMean.OfDrop([new(Right(2), Right(0)), new(Right(4), Right(0))], new int[100], new EvaluationOptions());
        Assert.Equal(0.03, drop.Mean, 1e-12);
        // Four of 100 samples in any seed: Clopper–Pearson's 97.5 % bounds of 0 and 4 of 100 by their definition, solved by bisection.
        Assert.Equal(-0.0362167, drop.Interval.Lower, 1e-6);
        Assert.Equal(0.0992572, drop.Interval.Upper, 1e-6);
    }

    [Fact]
    public void Answers_that_are_all_right_or_nearly_have_the_exact_interval()
    {
        bool[] Right(int wrong) => [.. Enumerable.Range(0, 100).Select(i => i >= wrong)];
        SeedMean Of(params int[] wrong) => SeedMean.OfRight([.. wrong.Select(Right)], new int[100], new EvaluationOptions());
        // Clopper–Pearson's 97.5 % bound of 0 of 100 is 1 − 0.025^(1/100) = 0.0362167, and that of 4 is 0.0992572, as above.
        Assert.Equal((1, 1), (Of(0, 0).Mean, Of(0, 0).Interval.Upper));
        Assert.Equal(1 - 0.0362167, Of(0, 0).Interval.Lower, 1e-6);
        Assert.Equal((0, 0), (Of(100).Mean, Of(100).Interval.Lower));
        Assert.Equal(0.0362167, Of(100).Interval.Upper, 1e-6);
        Assert.Equal(0.97, Of(2, 4).Mean, 1e-12);
        Assert.Equal(1 - 0.0992572, Of(2, 4).Interval.Lower, 1e-6);
        // Of ten and more the seeds and samples are resampled.
        Assert.True(Of(30, 30).Interval is { Lower: > 0.55, Upper: < 0.85 });
    }

    [Fact]
    public void One_seed_is_the_paired_bootstrap()
    {
        var (policy, cloud, gold) = Made(400, 0.1, 1);
        var paired = PairedDrop.Interval(policy, cloud, gold);
        var seeds = SeedMean.OfDrop([new(policy, cloud)], gold, new EvaluationOptions { Seed = 1 });
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
            var interval =
                SeedMean.OfDrop([.. wrong.Select(count => new SeedSample(Right(count), Right(0)))], gold, new EvaluationOptions()).Interval;
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
