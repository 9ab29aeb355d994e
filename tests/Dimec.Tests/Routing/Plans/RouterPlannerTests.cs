using CsCheck;
using Dimec.Planning.Promises;
using Dimec.Routing;
using Dimec.Routing.Plans;
using Dimec.Statistics.Bounds;

namespace Dimec.Tests.Routing.Plans;

public class RouterPlannerTests
{
    /// <summary>
    /// Large is right 8 times. Without a drop the 8 highest scores have to go there: cost (2 · 1 + 8 · 10) / 10. With one answer less the 4
    /// highest do: 4 of small's, +1 each of j, h and g: cost (6 · 1 + 4 · 10) / 10.
    /// </summary>
    [Theory]
    [InlineData(0, 0.3, 8.2, 0.8)]
    [InlineData(0.1, 0.7, 4.6, 0.7)]
    public void A_hand_worked_table(double maxDrop, double threshold, double cost, double accuracy)
    {
        var plan = Planned(MadeRouter.Read(MadeRouter.Ten), maxDrop);
        Assert.Equal([threshold], plan.Route.Thresholds);
        Assert.Equal(cost, plan.Expected.Cost, 1e-12);
        Assert.Equal(1 - (cost / 10), plan.Expected.Reduction, 1e-12);
        Assert.Equal(accuracy, plan.Expected.Accuracy!.Value.Value, 1e-12);
        Assert.Equal([1, 10], plan.Costs);
        Assert.StartsWith("Warning: with n = 10 the drop could be up to ", Assert.Single(plan.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_may_be_lost_the_cheapest_tier_answers_alone()
    {
        var plan = Planned(MadeRouter.Read(MadeRouter.Ten), 1);
        Assert.Equal([0], plan.Route.Tiers);
        Assert.Equal("small", plan.Words);
    }

    [Fact]
    public void A_gain_that_no_route_has_is_not_possible()
    {
        var outcome = new RouterPlanner(Request(MadeRouter.Read(MadeRouter.Ten))).Plan(-0.5);
        var impossible = Assert.IsType<RouterOutcome.NotPossible>(outcome);
        Assert.Contains("No route has a drop of at most ", impossible.Reason, StringComparison.Ordinal);
        Assert.Equal([1], impossible.Fallback.Route.Tiers);
    }

    /// <summary>Against every pair of thresholds at scores, and below and above all of them.</summary>
    [Fact]
    public void No_route_over_three_tiers_is_cheaper() => Gen.Select(Gen.Int[2, 12], Gen.Int[0, 100000], Gen.Double[0, 0.3]).Sample(
        (count, seed, maxDrop) =>
        {
            var table = MadeRouter.Of(count, 3, seed);
            double[] at = [double.NegativeInfinity, .. table.Scores, double.PositiveInfinity];
            int Right(ScoreRoute route) => route.Run(table).Right(table).Count(right => right);
            var strong = Right(ScoreRoute.Single(ScoreDirection.Strong, 2));
            var cheapest = at.SelectMany(first => at.Where(second => second >= first)
                    .Select(second => new ScoreRoute(ScoreDirection.Strong, [0, 1, 2], [first, second])))
                .Where(route => strong - Right(route) <= (maxDrop * count) + 1e-6)
                .Min(route => route.Run(table).MeanCost);
            Assert.Equal(cheapest, Planned(table, maxDrop).Expected.Cost, 1e-9);
        });

    [Theory]
    [InlineData(2, true, "lost")]
    [InlineData(3, true, "lost")]
    [InlineData(2, false, "differs")]
    public void A_promise_counts_what_the_plan_does_on_the_calibration_rows(int tiers, bool labelled, string loss)
    {
        // Answers that nobody judges differ wherever both are wrong, so that less can be saved.
        var calibration = MadeRouter.Of(4000, tiers, seed: 2, labelled);
        var options = new PromiseOptions { MaxDrop = labelled ? 0.01 : 0.1 };
        var outcome = new RouterPlanner(Request(MadeRouter.Of(3000, tiers, seed: 1))).Plan(calibration, options);
        var plan = Assert.IsType<RouterOutcome.Planned>(outcome).Plan;
        var run = plan.Route.Run(calibration);
        var strong = calibration.Answers(tiers - 1);
        var lost = Enumerable.Range(0, calibration.Count).Count(row => labelled
            ? strong[row] == 0 && run.Answers[row] != 0
            : strong[row] != run.Answers[row]);
        var drop = plan.Promise!.Drop!;
        Assert.Equal((loss, lost, 4000), (ChoiceNames.Of(drop.Loss), drop.Lost, plan.Promise.N));
        Assert.Equal(new ExactBound().Upper(LossTally.Of(4000, lost), 0.05), drop.Bound, 1e-9);
        Assert.InRange(drop.Bound, 0, options.MaxDrop!.Value);
        Assert.Equal(run.MeanCost, plan.Promise.Cost!.Value, 1e-12);
        Assert.True(plan.Expected.Reduction > 0.1);
        Assert.Equal(plan.Tiers[^1], plan.Promise.Reference);
    }

    [Fact]
    public void Budgets_and_accuracies_are_promised_as_well()
    {
        var calibration = MadeRouter.Of(4000, 2, seed: 2);
        RouterPlan Plan(PromiseOptions options) => Assert.IsType<RouterOutcome.Planned>(
            new RouterPlanner(Request(MadeRouter.Of(3000, 2, seed: 1))).Plan(calibration, options)).Plan;
        var budget = Plan(new PromiseOptions { MaxDrop = null, MaxCost = 1, OverBudgetShare = 0.3 });
        Assert.InRange(budget.Route.Run(calibration).Costs.Count(cost => cost > 1) / 4000.0, 0.2, 0.3);
        var accurate = Plan(new PromiseOptions { MaxDrop = null, MinAccuracy = 0.9 });
        Assert.InRange(accurate.Route.Run(calibration).Right(calibration).Count(right => right) / 4000.0, 0.9, 0.93);
    }

    [Fact]
    public void Few_rows_show_nothing_and_it_is_said_how_many_would()
    {
        var planner = new RouterPlanner(Request(MadeRouter.Of(3000, 2, seed: 1)));
        var outcome = planner.Plan(MadeRouter.Of(100, 2, seed: 2), new PromiseOptions());
        var impossible = Assert.IsType<RouterOutcome.NotPossible>(outcome);
        Assert.Equal([1], impossible.Fallback.Route.Tiers);
        Assert.Contains("n = 100 samples: at most 0.5 points below t1.", impossible.Reason, StringComparison.Ordinal);
        Assert.Contains("samples like these would do for it", impossible.Reason, StringComparison.Ordinal);
        Assert.Equal([impossible.Reason], impossible.Fallback.Notes);
    }

    [Fact]
    public void A_sequence_begins_where_each_early_tier_answers_enough_to_show_something()
    {
        var planner = new RouterPlanner(Request(MadeRouter.Of(3000, 2, seed: 1)));
        var calibration = MadeRouter.Of(3000, 2, seed: 2);
        var plan = Assert.IsType<RouterOutcome.Planned>(
            planner.Plan(calibration, new PromiseOptions { MaxDrop = 0.01, Scope = PromiseScope.Exit })).Plan;
        var run = plan.Route.Run(calibration);
        int[] early = [.. Enumerable.Range(0, calibration.Count).Where(row => run.Tiers[row] == 0)];
        var lost = early.Count(row => calibration.Answers(1)[row] == 0 && run.Answers[row] != 0);
        var drop = plan.Promise!.Drop!;
        Assert.Equal(new ClaimGroup(early.Length, lost, 0), drop.Group);
        Assert.Equal(new ExactBound().Upper(LossTally.Of(early.Length, lost), 0.05), drop.Bound, 1e-9);
        Assert.InRange(plan.Expected.Reduction, 0.1, 1);
    }

    [Fact]
    public void What_a_test_of_its_own_would_show_is_not_called_out_of_reach()
    {
        // Among hundreds of plans Holm's first test is at a share of δ for which 500 rows without a loss are too few.
        var outcome = new RouterPlanner(Request(MadeRouter.Of(3000, 2, seed: 1))).Plan(
            MadeRouter.Of(350, 2, seed: 2), new PromiseOptions { MaxDrop = 0.01, Procedure = "bonferroni-holm" });
        var impossible = Assert.IsType<RouterOutcome.NotPossible>(outcome);
        Assert.Contains(
            "would be shown by a test of its own, and not by bonferroni-holm among so many: more samples would do for it.",
            impossible.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_promised_is_a_sentence()
    {
        var table = MadeRouter.Of(300, 2, seed: 1);
        var planner = new RouterPlanner(Request(table));
        Refused("has 300 samples that the plan is chosen on, '1-0' the first", () => planner.Plan(table, new PromiseOptions()));
        Refused("is class, and a table's answers are no classes", () => planner.Plan(
            MadeRouter.Of(300, 2, seed: 2), new PromiseOptions { Scope = PromiseScope.Class }));
        Refused("has the tiers t0, t1, t2 where made.csv has t0, t1", () => planner.Plan(
            MadeRouter.Of(300, 3, seed: 2), new PromiseOptions()));
        Refused("needs labels", () => planner.Plan(
            MadeRouter.Of(300, 2, seed: 2, labelled: false), new PromiseOptions { Loss = PromiseLoss.Lost }));
        Refused("says of no answer whether it is right", () => new RouterPlanner(
            Request(MadeRouter.Of(300, 2, seed: 2, labelled: false))).Plan(0.01));
    }

    private static void Refused(string expected, Action plan) =>
        Assert.Contains(expected, Assert.Throws<InputException>(plan).Message, StringComparison.Ordinal);

    private static RouterPlan Planned(RouterTable table, double maxDrop) =>
        Assert.IsType<RouterOutcome.Planned>(new RouterPlanner(Request(table)).Plan(maxDrop)).Plan;

    private static RouterRequest Request(RouterTable table) => new(table, ScoreDirection.Strong, new Dictionary<string, string>());
}
