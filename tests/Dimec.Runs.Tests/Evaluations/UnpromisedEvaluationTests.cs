using Dimec.Costs;
using Dimec.Planning;
using Dimec.Planning.Promises;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Runs.Evaluations;

namespace Dimec.Runs.Tests.Evaluations;

/// <summary>What a promise costs is told by the plan that is made without it.</summary>
public class UnpromisedEvaluationTests
{
    private static readonly RecordedExits s_dev = MadeTraffic.Of(PartNames.Dev, 500, seed: 3, prefix: "d");

    private static readonly PlanRequest s_request = new()
    {
        Selection = new SelectionPart(MadeTraffic.Of(PartNames.Selection, 800, seed: 1)),
        Costs = CostStructure.Default([2, 4, 6]),
    };

    [Fact]
    public void The_cheapest_plan_that_is_allowed_the_promised_drop_is_evaluated()
    {
        var promised = Promised();
        // The call's own drop is another one.
        var row = UnpromisedEvaluation.Of(
            s_request with { Given = promised, Options = new PlanningOptions { MaxDrop = 0.2 } }, s_dev, "made")!;
        var plan = Assert.IsType<PlanOutcome.Planned>(
            new Planner(s_request with { Options = new PlanningOptions { MaxDrop = 0.02 } }).Plan(PolicyList.Any)).Plan;
        var run = PolicyRunner.Run(plan.CreatePolicy(), s_dev, s_request.Costs);
        Assert.Equal((plan.Policy, run.MeanCost), (row.Name, row.Cost));
        var right = run.Right(s_dev).Count(isRight => isRight) / 500.0;
        Assert.Equal(right, row.Accuracy, 1e-12);
        Assert.NotNull(row.StackedDrop);
        Assert.True(row.Cost < promised.Expected.Cost, $"{row.Cost} without and {promised.Expected.Cost} with the promise");
    }

    [Fact]
    public void Without_a_promised_drop_there_is_nothing_to_compare()
    {
        Assert.Null(UnpromisedEvaluation.Of(s_request, s_dev, "made"));
        var promised = Promised();
        Assert.Null(UnpromisedEvaluation.Of(s_request with { Given = promised with { Promise = null } }, s_dev, "made"));
        var accuracy = promised.Promise! with { Claims = [new PromisedClaim(PromiseLoss.Wrong, 0.2, 0.1, "exact", PromiseScope.All)] };
        Assert.Null(UnpromisedEvaluation.Of(s_request with { Given = promised with { Promise = accuracy } }, s_dev, "made"));
    }

    private static Plan Promised() => Assert.IsType<PromiseOutcome.Kept>(PromisePlanner.Plan(
        [s_request], PolicyList.Any, new CalibrationPart(MadeTraffic.Of(PartNames.Calibration, 2000, seed: 2, prefix: "c")),
        new PromiseOptions { MaxDrop = 0.02 })).Plan;
}
