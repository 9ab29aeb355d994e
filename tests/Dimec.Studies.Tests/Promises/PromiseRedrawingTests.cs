using Dimec.Costs;
using Dimec.Planning;
using Dimec.Planning.Promises;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Studies.Promises;

namespace Dimec.Studies.Tests.Promises;

public class PromiseRedrawingTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);

    private static readonly PlanRequest s_request = new()
    {
        Selection = new SelectionPart(MadeTraffic.Of(PartNames.Selection, 900, seed: 1)),
        Costs = s_costs,
    };

    private static readonly RecordedExits[] s_population =
    [
        MadeTraffic.Of(PartNames.Calibration, 700, seed: 2, prefix: "c"), MadeTraffic.Of(PartNames.Dev, 500, seed: 3, prefix: "d"),
    ];

    private static readonly PromiseRedraws s_redraws = PromiseRedrawing.Run(
        s_request, s_population, new RedrawOptions(40, 0.02), TestContext.Current.CancellationToken);

    [Fact]
    public void Samples_are_drawn_as_many_as_the_calibration_part_has_from_all_that_had_no_say()
    {
        Assert.Equal((40, 0.95, 0.02, 1200), (s_redraws.Draws, s_redraws.Confidence, s_redraws.MaxDrop, s_redraws.Population));
        Assert.Equal([700, 10_000], s_redraws.Samples);
    }

    [Fact]
    public void Every_policy_that_can_be_promised_is_there_by_every_loss()
    {
        Assert.Equal(PolicyList.Any, s_redraws.Chains[0].Policy);
        Assert.Contains(s_redraws.Chains, chain => chain.Policy == "ladder");
        Assert.Contains(s_redraws.Chains, chain => chain.Policy == "phone-cloud");
        Assert.DoesNotContain(s_redraws.Chains, chain => chain.Policy is "oracle" or "random" or "splitee");
        Assert.All(s_redraws.Chains.GroupBy(chain => chain.Policy), chains =>
            Assert.Equal(["lost", "paired", "differs"], chains.Select(chain => chain.Loss)));
        // What nobody trained has no data map.
        Assert.Contains(s_redraws.LeftOut, reason => reason.StartsWith("pools: ", StringComparison.Ordinal));
        Assert.Equal(0, s_redraws.Chains.First(chain => chain.Policy == "cloud").Plans);
    }

    [Fact]
    public void Plans_are_those_that_are_tested_and_saved_is_what_they_cost_on_all_samples()
    {
        var redrawn = s_redraws.Chains.First(chain => (chain.Policy, chain.Loss) == ("ladder", "lost"));
        var chain = PromiseChain.Of(
            [s_request], "ladder", new PromiseOptions { MaxDrop = 0.02, Loss = PromiseLoss.Lost }, PartContent.Of(s_population[0]));
        Assert.Equal(chain.Candidates.Count, redrawn.Plans);
        var best = chain.Candidates.Where(plan => Lost(chain, plan) <= 0.02).Max(Saved);
        Assert.Equal(best, redrawn.BestSaved, 1e-9);
        Assert.Equal(chain.Candidates.Min(plan => Lost(chain, plan)), redrawn.LeastLoss, 1e-12);
        Assert.All(redrawn.Counts, count => Assert.InRange(count.Saved, 0, chain.Candidates.Max(Saved)));

        var plan = Assert.IsType<PlanOutcome.Planned>(new Planner(s_request with
        {
            Options = new PlanningOptions { MaxDrop = 0.02 },
        }).Plan("ladder")).Plan;
        var candidate = new PromiseCandidate(s_request.Policies.Find("ladder", s_costs, "policy"), plan.Parameters, s_request);
        Assert.Equal(Saved(candidate), redrawn.Unpromised!.Saved, 1e-9);
        Assert.Equal(Lost(chain, candidate), redrawn.Unpromised.Loss, 1e-12);
    }

    [Fact]
    public void More_samples_find_more_and_the_same_call_comes_to_the_same()
    {
        var any = s_redraws.Chains.First(chain => (chain.Policy, chain.Loss) == (PolicyList.Any, "lost"));
        double SavedWith(int samples) => any.Counts.First(count =>
            (count.Procedure, count.Bound, count.Samples) == ("fixed-sequence", "exact", samples)).Saved;
        Assert.True(SavedWith(10_000) > SavedWith(700), $"{SavedWith(10_000)} with 10,000, {SavedWith(700)} with 700");
        var again = PromiseRedrawing.Run(
            s_request, s_population, new RedrawOptions(40, 0.02), TestContext.Current.CancellationToken);
        Assert.Equal(s_redraws.Chains.SelectMany(chain => chain.Counts), again.Chains.SelectMany(chain => chain.Counts));
    }

    [Fact]
    public void Without_labels_nothing_is_known_that_could_be_broken()
    {
        var unlabelled = MadeTraffic.Of(PartNames.Calibration, 50, seed: 4, labelled: false, prefix: "u");
        var error = TextFiles.Error(() => PromiseRedrawing.Run(
            s_request, [unlabelled], new RedrawOptions(1, 0.02), TestContext.Current.CancellationToken));
        Assert.Contains("50 of 50 samples without a gold class", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_models_record_is_refused_in_a_sentence()
    {
        var builder = new RecordedExitsBuilder(PartNames.Calibration, [2, 6], 2, 0);
        builder.Add("a", 1, [1, 0, 1, 0], []);
        var error = Assert.Throws<InputException>(() => PromiseRedrawing.Run(
            s_request, [builder.Build()], new RedrawOptions(1, 0.02), TestContext.Current.CancellationToken));
        Assert.Contains("calibration", error.Message, StringComparison.Ordinal);
    }

    private static PolicyRun[] Runs(PromiseCandidate plan) => [.. s_population.Select(part => PolicyRunner.Run(
        plan.Fitter.CreateMeasured(plan.Parameters, s_costs, part, s_costs), part, s_costs))];

    private static double Saved(PromiseCandidate plan) => 1 - (Runs(plan).SelectMany(run => run.Costs).Average() / s_costs.Cloud);

    private static double Lost(PromiseChain chain, PromiseCandidate plan) => Runs(plan).Zip(Runs(chain.Reference), s_population)
        .SelectMany(part => part.First.Right(part.Third).Zip(part.Second.Right(part.Third)))
        .Average(right => right.Second && !right.First ? 1.0 : 0);
}
