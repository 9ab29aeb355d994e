using Dimec.Costs;
using Dimec.Planning.Promises;
using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Planning.Shadow;

/// <summary>
/// Plans over what was recorded while the reference answered: what each would have cost and how often it would have answered otherwise,
/// beside what the recording itself costs.
/// </summary>
/// <param name="Reference">The name of the better of cloud and stacked cloud on the selection part, or of the cloud.</param>
/// <param name="N">The number of samples.</param>
/// <param name="Costs">What all of it is charged by.</param>
/// <param name="Arms">The plans in the order in which they were given, the reference at last.</param>
/// <param name="AtTier">
/// What a sample costs while the last tier records: its answer, and there the layers of all other tiers and exit 0, where it is recorded.
/// </param>
/// <param name="AtClient">What it costs while the client records: every tier asked once, from the text, and exit 0.</param>
public sealed record ShadowComparison(
    string Reference, int N, CostStructure Costs, IReadOnlyList<ShadowArm> Arms, double AtTier, double AtClient)
{
    /// <summary>Compares.</summary>
    /// <param name="request">What is planned from: the reference is chosen on its selection part, and its costs are charged.</param>
    /// <param name="part">What was recorded.</param>
    /// <param name="plans">The plans by their names, each for the tiers of the costs.</param>
    /// <exception cref="InputException">A plan is for other tiers, or looks at what was not recorded.</exception>
    public static ShadowComparison Of(PlanRequest request, RecordedExits part, IReadOnlyList<(string Name, Plan Plan)> plans)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(plans);
        var errors = new InputErrors();
        foreach (var (name, plan) in plans)
            Check(name, plan, request.Costs, part, errors);
        errors.ThrowIfAny();
        var costs = request.Costs;
        var reference = PromiseReference.Of(request);
        var answered = reference.Run(part);
        ShadowArm[] arms =
        [
            .. plans.Select(plan => ShadowArm.Of(
                plan.Name, PolicyRunner.Run(plan.Plan.CreateMeasured(request.Policies, part, costs), part, costs), answered, costs)),
            ShadowArm.Of(reference.Policy, answered, answered, costs),
        ];
        return new ShadowComparison(
            reference.Policy, part.Count, costs, arms, TierCost(costs, part), ClientCost(costs, part));
    }

    private static void Check(string name, Plan plan, CostStructure costs, RecordedExits part, InputErrors errors)
    {
        if (errors.Try(() =>
            {
                plan.RequireTiersOf(costs);
                return plan;
            }) is null)
        {
            return;
        }

        int[] missing = [.. plan.Works.Select(work => work.To).Where(exit => exit > 0 && part.IndexOfExit(exit) < 0).Distinct().Order()];
        if (missing.Length > 0)
        {
            errors.Add(
                name, $"looks at the exits {string.Join(", ", missing)}, which were not recorded",
                $"compare plans of the exits {string.Join(", ", part.Exits)}");
        }
        else if (plan.Needs.ExitZero && !part.HasExitZero)
        {
            errors.Add(name, "looks at exit 0, which was not recorded", "record with a bundle that has it");
        }
        else if (plan.Needs.Embedding is not null && part.EmbeddingSize == 0)
        {
            errors.Add(name, "routes by e(x), which is not recorded: it tells of the words", "compare plans that do without it");
        }
    }

    private static double TierCost(CostStructure costs, RecordedExits part)
    {
        var last = costs.Tiers.Count - 1;
        return costs.Cloud
            + costs.Tiers.SkipLast(1).Sum(tier => costs.Of(TierWork.Further(last, 0, tier.Depth)))
            + (part.HasExitZero ? costs.Of(TierWork.Further(last, 0, 0)) : 0);
    }

    private static double ClientCost(CostStructure costs, RecordedExits part) =>
        Enumerable.Range(0, costs.Tiers.Count).Sum(costs.Of) + (part.HasExitZero ? costs.Of(TierWork.Further(0, 0, 0)) : 0);
}
