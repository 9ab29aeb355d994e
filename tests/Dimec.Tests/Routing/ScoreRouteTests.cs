using CsCheck;
using Dimec.Routing;

namespace Dimec.Tests.Routing;

public class ScoreRouteTests
{
    [Theory]
    [InlineData(0.1, 0)]
    [InlineData(0.2, 2)]
    [InlineData(0.69, 2)]
    [InlineData(0.7, 3)]
    public void From_each_threshold_on_the_next_tier_answers(double score, int tier) =>
        Assert.Equal(tier, new ScoreRoute(ScoreDirection.Strong, [0, 2, 3], [0.2, 0.7]).TierOf(score));

    /// <summary>A score that is turned round, with its thresholds, routes alike.</summary>
    [Fact]
    public void The_direction_is_a_sign() => Gen.Select(Gen.Double[-9, 9], Gen.Double[-9, 9], Gen.Double[-9, 9]).Sample(
        (score, one, other) =>
        {
            double[] thresholds = [Math.Min(one, other), Math.Max(one, other)];
            Assert.Equal(
                new ScoreRoute(ScoreDirection.Strong, [0, 1, 2], thresholds).TierOf(score),
                new ScoreRoute(ScoreDirection.Weak, [0, 1, 2], [.. thresholds.Select(threshold => -threshold)]).TierOf(-score));
        });

    [Fact]
    public void A_run_takes_answers_and_costs_of_who_answers()
    {
        var table = MadeRouter.Read(MadeRouter.Ten);
        var run = new ScoreRoute(ScoreDirection.Strong, [0, 1], [0.7]).Run(table);
        // a to f by small: a, b, d and f are right; g to j by large: g, h and j are.
        Assert.Equal(7, run.Right(table).Count(right => right));
        Assert.Equal(((6 * 1) + (4 * 10)) / 10.0, run.MeanCost, 1e-12);
        Assert.Equal(0.4, run.Shares(table.Tiers)["large"], 1e-12);
    }
}
