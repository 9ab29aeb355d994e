using CsCheck;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Evaluation.CrossFitting;
using Dimec.Planning;
using Dimec.Predictions;

namespace Dimec.Tests.Evaluation.CrossFitting;

public class CrossFitTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);

    [Fact]
    public void What_needs_no_choice_is_what_an_evaluation_says() => RandomExits.Gen("dev").Where(part => part.Count > 1).Sample(part =>
    {
        var fitted = CrossFit.Run(Request(), part, new EvaluationOptions { BootstrapDraws = 200 }, 3);
        var edge = fitted.Policies.Single(row => row.Name == "edge");
        var right = Enumerable.Range(0, part.Count).Count(i => part.Answer(i, 1).Label == part.Gold[i]);
        Assert.Equal(right / (double)part.Count, edge.Accuracy, 1e-12);
        Assert.Equal(5, edge.Cost, 1e-9);
        Assert.Equal((0, 9), (fitted.Policies[0].Drop, Math.Round(fitted.Policies[0].Cost, 9)));
        Assert.All(fitted.Policies, row => Assert.InRange(row.Drop, row.DropInterval.Lower - 1e-9, 1));
    }, iter: 20);

    [Fact]
    public void A_choice_does_not_see_what_it_is_read_on()
    {
        // Confidence says nothing of being right here: chosen and read on the same samples a cascade seems to lose little,
        // cross-fitted it does not.
        var random = new Random(2);
        var part = RandomExits.Worked("dev", [.. Enumerable.Range(0, 60).Select(i => (i % 2, Enumerable.Range(0, 3)
            .Select(exit => (random.NextDouble() < 0.6 + (0.1 * exit), 0.5 + (0.49 * random.NextDouble())))
            .ToArray()))]);
        var same = new Planner(
            Request() with { Selection = new SelectionPart(part.Subset("selection", [.. Enumerable.Range(0, part.Count)])) });
        var chosen = Assert.IsType<PlanOutcome.Planned>(same.Plan("cascade")).Plan.Expected;
        var fitted = CrossFit.Run(Request(), part, new EvaluationOptions { BootstrapDraws = 200 }).Policies
            .Single(row => row.Name == "cascade");
        Assert.True(chosen.Drop <= 0.005);
        Assert.True(fitted.Drop > chosen.Drop);
        Assert.Equal(1, fitted.Planned);
    }

    [Fact]
    public void The_seed_decides_and_the_part_is_named()
    {
        var part = RandomExits.Gen("dev").Where(made => made.Count > 20).Single();
        var first = CrossFit.Run(Request(), part, new EvaluationOptions { BootstrapDraws = 200, Seed = 4 }, 2);
        Assert.Equal(first.Policies, CrossFit.Run(Request(), part, new EvaluationOptions { BootstrapDraws = 200, Seed = 4 }, 2).Policies);
        Assert.Equal(("dev", part.Count, 2), (first.Part, first.N, first.Halvings));
    }

    [Fact]
    public void A_policy_that_the_part_lacks_something_for_has_no_row()
    {
        var part = RandomExits.Gen("dev").Where(made => made.Count > 20).Single();
        var names = CrossFit.Run(Request(), part, new EvaluationOptions { BootstrapDraws = 200 }, 1).Policies
            .Select(row => row.Name)
            .ToArray();
        Assert.Contains("cascade", names);
        // There are no training samples to make pools of, and no states; patience asks for an exit at each layer.
        Assert.Empty(names.Intersect(["pools", "random", "dimee", "patience"]));
    }

    [Fact]
    public void Few_disagreements_have_the_exact_interval()
    {
        // All exits are right: that the edge never differs in 40 samples does not mean that it never will.
        var part = RandomExits.Worked(
            "dev", [.. Enumerable.Range(0, 40).Select(i => (i % 2, new[] { (true, 0.9), (true, 0.9), (true, 0.9) }))]);
        var edge = CrossFit.Run(Request(), part, new EvaluationOptions(), 2).Policies.Single(row => row.Name == "edge");
        Assert.Equal(1 - Math.Pow(0.025, 1 / 40.0), edge.DropInterval.Upper, 1e-9);
        Assert.Equal(-edge.DropInterval.Upper, edge.DropInterval.Lower, 1e-9);
    }

    [Fact]
    public void One_sample_cannot_be_halved() =>
        Assert.Contains("cannot be halved", TextFiles.Error(() => CrossFit.Run(
            Request(), RandomExits.Worked("dev", (0, [(true, 0.9), (true, 0.9), (true, 0.9)])), new EvaluationOptions())).Problem);

    private static PlanRequest Request() => new()
    {
        Selection = new SelectionPart(RandomExits.Worked("selection", (0, [(true, 0.9), (true, 0.9), (true, 0.9)]))),
        Costs = s_costs,
    };
}
