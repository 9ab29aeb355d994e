using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Predictions;
using Dimec.Studies.Measures;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Tests;

/// <summary>On the same samples a plan, an evaluation's headline and a study's row are set against one and the same single tier.</summary>
public sealed class SameTierTests
{
    private static readonly EvaluationOptions s_options = new() { BootstrapDraws = 100 };

    [Theory]
    [InlineData(-0.05, false)]
    [InlineData(0, false)]
    [InlineData(0.005, false)]
    [InlineData(0.05, false)]
    [InlineData(0.3, false)]
    [InlineData(0, true)]
    [InlineData(0.05, true)]
    public void The_best_single_tier_is_the_same_wherever_it_is_named(double maxDrop, bool exitZero)
    {
        var tiers = new HashSet<string>();
        for (var seed = 0; seed < 12; seed++)
        {
            var request = new PlanRequest
            {
                Selection = new SelectionPart(Made("selection", seed, exitZero)),
                Costs = CostStructure.Default([2, 4, 6]),
                Options = new PlanningOptions { MaxDrop = maxDrop },
            };
            var dev = Made("dev", seed, exitZero);
            // A plan that drops more than is allowed is there too: it stands as it was given.
            var given = Assert.IsType<PlanOutcome.Planned>(
                new Planner(request with { Options = new PlanningOptions { MaxDrop = 1 } }).Plan("entropy")).Plan;
            foreach (var asked in (PlanRequest[])[request, request with { Given = given }])
            {
                var outcomes = new Planner(asked).PlanAll();
                var document = Evaluator.Evaluate(outcomes, dev, asked.Costs, s_options);
                var study = SeedsDocument.Of(
                    [RunMeasurer.Measure(asked, dev, s_options, 1, TestContext.Current.CancellationToken)], maxDrop, s_options);
                // The order in which bandits and sliding windows meet samples depends on their names.
                foreach (var planned in outcomes.OfType<PlanOutcome.Planned>()
                    .Where(outcome => outcome.Policy is not ("splitee" or "ceebert" or "recserve")))
                {
                    var single = planned.BestSingleTier ?? "cloud";
                    var row = document.Policies.Single(policy => policy.Name == planned.Policy);
                    Assert.Equal(planned.BestSingleTier, row.BeyondSingle?.Rival);
                    Assert.Equal(planned.PhoneCloudGain?.Beyond ?? 0, row.BeyondPhoneCloud?.Beyond ?? 0, 1e-9);
                    Assert.Equal(single, Headline.Of(document, planned.Policy, maxDrop).BestSingle.Name);
                    Assert.Equal(single, study.Policies.Single(row => row.Policy == planned.Policy).BestSingle);
                    tiers.Add(single);
                }
            }
        }

        Assert.True(tiers.Count > 1, string.Join(", ", tiers));
    }

    /// <summary>The same answers under the part's own names.</summary>
    private static RecordedExits Made(string part, int seed, bool exitZero)
    {
        var random = new Random(seed);
        var builder = new RecordedExitsBuilder(part, [2, 4, 6], 2, 0, exitZero: exitZero);
        for (var i = 0; i < 60; i++)
        {
            var gold = random.Next(2);
            var logits = Enumerable.Range(exitZero ? 0 : 1, exitZero ? 4 : 3).SelectMany(depth => Enumerable.Range(0, 2)
                .Select(label => (float)((label == gold ? 0.4 * depth : 0) + (2 * random.NextDouble()))));
            builder.Add($"{part}{i}", gold, [.. logits], []);
        }

        return builder.Build();
    }
}
