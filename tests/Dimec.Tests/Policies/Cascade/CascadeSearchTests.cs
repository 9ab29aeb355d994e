using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies.Cascade;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Cascade;

/// <summary>The search of a cascade's thresholds where its grid is too large to be tried whole.</summary>
public class CascadeSearchTests
{
    [Theory]
    [InlineData(3, 20, false)]
    [InlineData(4, 20, false)]
    [InlineData(5, 20, true)]
    [InlineData(4, 200, true)]
    [InlineData(12, 20, true)]
    [InlineData(24, 20, true)]
    public void The_number_of_combinations_is_bounded_for_any_number_of_tiers(int tiers, int levels, bool partial)
    {
        var search = new CascadeSearch(Fitting(Part(tiers, 60), tiers, levels));
        var frontier = search.Frontier();
        Assert.Equal(partial, search.IsPartial);
        Assert.InRange(search.Tried, 1, ThresholdCombinations.Most);
        Assert.All(frontier, count => Assert.Equal(tiers - 1, count.Thresholds.Length));
    }

    [Fact]
    public void With_24_tiers_it_finds_more_than_single_tiers()
    {
        var fitting = Fitting(Part(24, 200), 24, 20);
        var outcomes = new CascadeOutcomes(fitting);
        var frontier = new CascadeSearch(fitting).Frontier().Select(count => (Cost: outcomes.Cost(count), count.Right)).ToArray();
        Assert.True(frontier.Length > 24, $"{frontier.Length} points");
        // To answer wherever the first tiers do, and to pay the way there: what the ends of the grid alone allow.
        var singles = Enumerable.Range(0, 24)
            .Select(tier => Of(outcomes, [.. Enumerable.Range(0, 23).Select(t => t < tier ? 2.0 : 0.0)]))
            .ToArray();
        Assert.All(singles, single => Assert.Contains(frontier, point => point.Cost <= single.Cost && point.Right >= single.Right));
        Assert.Contains(frontier, point => singles.All(single => point.Right > single.Right || point.Cost < single.Cost / 2));
    }

    [Fact]
    public void What_it_finds_of_a_large_grid_is_near_the_best_of_the_whole()
    {
        // 21^4 = 194,481 combinations: too many for the search, few enough for a test.
        var fitting = Fitting(Part(5, 80), 5, 20);
        var outcomes = new CascadeOutcomes(fitting);
        double[][] grids = [.. outcomes.Confidence.SkipLast(1)
            .Select(values => QuantileGrid.ForLowerCut(values.Select(value => (double)value), 20))];
        var whole =
            (from a in grids[0] from b in grids[1] from c in grids[2] from d in grids[3] select Of(outcomes, [a, b, c, d])).ToArray();
        var found = new CascadeSearch(fitting).Frontier().Select(count => (Cost: outcomes.Cost(count), count.Right)).ToArray();
        foreach (var weight in fitting.Options.RewardWeights.Select(weight => weight / fitting.Costs.Cloud))
        {
            double Best((double Cost, int Right)[] points) => points.Max(point => (point.Right / 80.0) - (weight * point.Cost));
            Assert.Equal(Best(whole), Best(found), 1.0 / 80);
        }
    }

    [Fact]
    public void The_plan_says_that_the_grid_was_not_tried_whole()
    {
        Assert.Contains("too large to be tried whole", Note(5));
        Assert.Empty(Note(4));

        static string Note(int tiers)
        {
            var request = new PlanRequest
            {
                Selection = new SelectionPart(Part(tiers, 40)),
                Costs = CostStructure.Default([.. Enumerable.Range(1, tiers)]),
                Options = new PlanningOptions { MaxDrop = 1 },
            };
            return string.Concat(Assert.IsType<PlanOutcome.Planned>(new Planner(request).Plan("cascade")).Plan.Notes
                .Where(note => note.Contains("grid", StringComparison.Ordinal)));
        }
    }

    private static PolicyFitting Fitting(RecordedExits part, int tiers, int levels) =>
        new(new SelectionPart(part), CostStructure.Default([.. Enumerable.Range(1, tiers)]), new FittingOptions { GridLevels = levels });

    /// <summary>An exit after every layer, each a little better than the one before; hard samples are known less.</summary>
    private static RecordedExits Part(int exits, int samples)
    {
        var random = new Random(7);
        var builder = new RecordedExitsBuilder("selection", [.. Enumerable.Range(1, exits)], 2, 0);
        for (var i = 0; i < samples; i++)
        {
            var difficulty = 4 * random.NextDouble();
            builder.Add($"s{i}", 0, [.. Enumerable.Range(1, exits)
                .SelectMany(exit => new[] { (float)((4.0 * exit / exits) - difficulty + (3 * random.NextDouble())), 0f })], []);
        }

        return builder.Build();
    }

    private static (double Cost, int Right) Of(CascadeOutcomes outcomes, double[] thresholds)
    {
        var count = outcomes.Count(thresholds);
        return (outcomes.Cost(count), count.Right);
    }
}
