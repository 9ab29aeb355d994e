using Dimec.Costs;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Planning.Candidates;

/// <summary>
/// Plans as they are measured on a part. A control at the shares of another plan is a control of what that plan does there: it takes the
/// shares that the plan has on the part, which need not be those that it had where it was made. A plan that was given stands as it is.
/// </summary>
public static class MeasuredPlans
{
    /// <summary>The plans of outcomes, in their order.</summary>
    /// <param name="outcomes">What planning came to.</param>
    /// <param name="policies">How policies are measured.</param>
    /// <param name="part">The part to measure on.</param>
    /// <param name="costs">The costs to measure with, for the same tiers.</param>
    public static IReadOnlyList<Plan> On(IReadOnlyList<PlanOutcome> outcomes, FitterList policies, RecordedExits part, CostStructure costs)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(costs);
        PlanOutcome.Planned[] planned = [.. outcomes.OfType<PlanOutcome.Planned>()];
        return [.. planned.Select(outcome => Of(outcome, planned, policies, part, costs))];
    }

    private static Plan Of(
        PlanOutcome.Planned outcome, PlanOutcome.Planned[] all, FitterList policies, RecordedExits part, CostStructure costs)
    {
        var (plan, fitter) = (outcome.Plan, outcome.Plan.FitterIn(policies));
        if (outcome.IsGiven
            || fitter.RepeatsSharesOf is not { } other || all.FirstOrDefault(one => one.Policy == other)?.Plan is not { } repeated)
        {
            return plan;
        }

        var run = PolicyRunner.Run(repeated.CreateMeasured(policies, part, costs), part, costs);
        return plan with { Parameters = fitter.Repeat(plan.Parameters, run.Shares(costs.Tiers.Select(tier => tier.Name))) };
    }
}
