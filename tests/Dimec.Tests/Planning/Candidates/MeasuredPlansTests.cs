using CsCheck;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Policies.Baselines;
using Dimec.Predictions;

namespace Dimec.Tests.Planning.Candidates;

public class MeasuredPlansTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);

    [Fact]
    public void The_random_control_has_the_shares_that_pools_have_on_the_part_that_is_reported() => Made.Sample(made =>
    {
        var (request, dev) = made;
        var rows =
            Evaluator.Evaluate(new Planner(request).PlanAll(), dev, s_costs, new EvaluationOptions { BootstrapDraws = 100 }).Policies;
        if (rows.FirstOrDefault(row => row.Name == "pools") is not { } pools)
            return;
        var random = rows.Single(row => row.Name == "random");
        Assert.Equal(
            pools.Shares.Select(share => (share.Key, Math.Round(share.Value * dev.Count))),
            random.Shares.Select(share => (share.Key, Math.Round(share.Value * dev.Count))));
        Assert.Equal(pools.Cost, random.Cost, 1e-9);
    }, iter: 50);

    [Fact]
    public void A_plan_that_is_given_stands_as_it_is() => Made.Sample(made =>
    {
        var (request, dev) = made;
        if (new Planner(request).Plan("random") is not PlanOutcome.Planned planned)
            return;
        var given = planned.Plan with
        {
            Parameters = new RandomFitter().Repeat(
                (RandomParameters)planned.Plan.Parameters, new Dictionary<string, double> { ["mobile"] = 0, ["edge"] = 1, ["cloud"] = 0 }),
        };
        var random = Evaluator.Evaluate(
            new Planner(request with { Given = given }).PlanAll(), dev, s_costs, new EvaluationOptions { BootstrapDraws = 100 }).Policies
            .Single(row => row.Name == "random");
        Assert.Equal(1, random.Shares["edge"]);
    }, iter: 20);

    private static Gen<(PlanRequest Request, RecordedExits Dev)> Made =>
        from selection in RandomExits.Gen()
        from dev in RandomExits.Gen("dev")
        from map in RandomExits.Map()
        select (new PlanRequest
        {
            Selection = new SelectionPart(selection),
            Costs = s_costs,
            Training = map,
            Options = new PlanningOptions { MaxDrop = 1 },
        }, dev);
}
