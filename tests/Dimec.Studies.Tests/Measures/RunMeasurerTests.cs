using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Predictions;
using Dimec.Studies.Measures;
using Dimec.Studies.Seeds;

namespace Dimec.Studies.Tests.Measures;

public class StudyTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);
    private static readonly EvaluationOptions s_options = new() { BootstrapDraws = 200 };

    [Fact]
    public void A_run_is_measured_as_an_evaluation_says_and_sample_by_sample()
    {
        var measures = Measure(1);
        Assert.All(measures.Outcomes, outcomes =>
        {
            var row = measures.Evaluation.Policies.Single(policy => policy.Name == outcomes.Policy);
            Assert.Equal(row.Accuracy, outcomes.Right.Count(right => right) / (double)measures.Gold.Count, 1e-12);
            Assert.Equal(row.Cost, outcomes.Costs.Average(), 1e-9);
        });
        Assert.Equal(s_costs.Tiers.Select(tier => tier.Depth), measures.Exits.Select(exit => exit.Exit));
        Assert.Equal(measures.Evaluation.Policies.Single(row => row.Name == "edge").Accuracy, measures.Exits[1].Accuracy, 1e-12);
        Assert.NotNull(measures.WithoutOffload);
        Assert.Contains(measures.Frontiers, frontier => frontier.Policy == "cascade" && frontier.Points.Count > 1);
        Assert.All(measures.Regrets, regret => Assert.Equal(measures.Gold.Count, regret.Samples[^1]));
    }

    [Fact]
    public void Seeds_are_put_together_by_their_means()
    {
        RunMeasures[] seeds = [Measure(1), Measure(2), Measure(3)];
        var document = SeedsDocument.Of(seeds, 0.005, s_options);
        Assert.Equal((3, 80), (document.Seeds, document.Samples));
        foreach (var row in document.Policies.Where(row => row.Planned == 3))
        {
            var alone = seeds.Select(seed => seed.Evaluation.Policies.Single(policy => policy.Name == row.Policy)).ToArray();
            Assert.Equal(alone.Average(policy => policy.Accuracy), row.Accuracy.Mean, 1e-9);
            Assert.Equal(alone.Average(policy => policy.Reduction), row.Reduction.Mean, 1e-9);
            Assert.Equal(alone.Average(policy => policy.Drop), row.Drop.Mean, 1e-9);
            Assert.Equal(
                alone.Select(policy => policy.Drop).Select(drop => Math.Round(drop, 9)),
                row.DropBySeed.Select(drop => Math.Round(drop, 9)));
            Assert.InRange(row.Reduction.Mean, row.Reduction.Interval.Lower - 1e-9, row.Reduction.Interval.Upper + 1e-9);
        }
    }

    [Fact]
    public void A_policy_is_measured_against_the_cheapest_tier_that_drops_no_more()
    {
        // Mobile, edge and cloud alike: the mobile alone is what every other policy has to beat, and the edge can only lose to it.
        RecordedExits Always(string part, double sure) =>
            RandomExits.Worked(part, [.. Enumerable.Range(0, 30).Select(i => (i % 2, new[] { (true, sure), (true, sure), (true, sure) }))]);
        var measures = RunMeasurer.Measure(Request(Always("selection", 0.8)), Always("dev", 0.9), s_options, 1, CancellationToken.None);
        var document = SeedsDocument.Of([measures, measures], 0.005, s_options);
        var (edge, mobile) = (
            document.Policies.Single(row => row.Policy == "edge"), document.Policies.Single(row => row.Policy == "mobile"));
        Assert.Equal(("mobile", "edge"), (edge.BestSingle, mobile.BestSingle));
        Assert.Equal(-3 / 9.0, edge.Beyond.Mean, 1e-9);
        Assert.Equal(edge.Beyond.Mean, edge.Beyond.Interval.Lower, 1e-9);
        Assert.Equal(3 / 9.0, mobile.Beyond.Mean, 1e-9);
    }

    [Fact]
    public void A_policy_that_a_seed_cannot_plan_counts_as_its_cloud()
    {
        RunMeasures[] seeds = [Measure(1), Measure(2)];
        seeds[1] = seeds[1] with { Outcomes = [.. seeds[1].Outcomes.Where(outcomes => outcomes.Policy != "cascade")] };
        var row = SeedsDocument.Of(seeds, 0.005, s_options).Policies.Single(policy => policy.Policy == "cascade");
        Assert.Equal(1, row.Planned);
        Assert.Equal((0, 0), (row.ReductionBySeed[1], row.DropBySeed[1]));
    }

    [Fact]
    public void Seeds_of_other_samples_or_costs_are_refused()
    {
        var one = Measure(1);
        var error = TextFiles.Error(() => SeedsDocument.Of([one, one with { SamplesHash = "other" }], 0, s_options));
        Assert.Contains("seed 2 of 2", error.Where);
        Assert.Contains("other samples", error.Problem);
        Assert.Contains("other costs", TextFiles.Error(() => SeedsDocument.Of(
            [one, one with { Evaluation = one.Evaluation with { Costs = CostStructure.Default([1, 3, 6]) } }], 0, s_options)).Problem);
    }

    private static RunMeasures Measure(int seed)
    {
        var part = Made("dev", seed);
        return RunMeasurer.Measure(Request(Made("selection", seed + 100)), part, s_options, 2, CancellationToken.None);
    }

    private static PlanRequest Request(RecordedExits selection) => new()
    {
        Selection = new SelectionPart(selection.Subset("selection", [.. Enumerable.Range(0, selection.Count)])),
        Costs = s_costs,
    };

    private static RecordedExits Made(string part, int seed)
    {
        var random = new Random(seed);
        return RandomExits.Worked(part, [.. Enumerable.Range(0, 80).Select(i =>
        {
            var ease = random.NextDouble();
            return (i % 2, Enumerable.Range(0, 3)
                .Select(exit => (random.NextDouble() < 0.5 + (0.45 * ease) + (0.02 * exit), 0.5 + (0.49 * ease)))
                .ToArray());
        })]);
    }
}
