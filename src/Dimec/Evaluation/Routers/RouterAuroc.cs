using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Evaluation.Routers;

/// <summary>How well what a policy decides by tells the samples that a tier gets right from those that it does not.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Tier">The tier's name; never the last one, to which nobody has to be trusted.</param>
/// <param name="Auroc">The area under the ROC curve; null where the tier is right, or wrong, on every sample.</param>
public sealed record RouterAuroc(string Policy, string Tier, Auroc? Auroc)
{
    /// <summary>Measures plans.</summary>
    /// <param name="plans">The plans; policies that have no opinion of a tier have no entry for it.</param>
    /// <param name="part">The part to measure on, with the true class of every sample known.</param>
    /// <param name="costs">The costs, which name the tiers.</param>
    /// <param name="policies">The policies that plans may be of; null for those of this library.</param>
    /// <exception cref="InputException">A true class is unknown, a tier's depth has no recorded exit,
    /// or a plan is for other tiers.</exception>
    public static IReadOnlyList<RouterAuroc> Measure(
        IReadOnlyList<Plan> plans, RecordedExits part, CostStructure costs, FitterList? policies = null)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(costs);
        part.RequireGold();
        var exits = TierExits.Of(costs, part);
        foreach (var plan in plans)
            plan.RequireTiersOf(costs);
        return [.. plans.Select(plan => (plan.Policy, Measured: plan.CreateMeasured(policies ?? FitterList.Default, part, costs)))
            .SelectMany(plan => Enumerable.Range(0, costs.Tiers.Count - 1)
                .Select(tier => Of(plan.Policy, plan.Measured, part, costs, tier, exits[tier])))
            .OfType<RouterAuroc>()];
    }

    private static RouterAuroc? Of(string name, IPolicy policy, RecordedExits part, CostStructure costs, int tier, int exit)
    {
        var trust = new double[part.Count];
        for (var i = 0; i < trust.Length; i++)
        {
            var sample = i;
            Visit[] visits = [.. Enumerable.Range(0, exit + 1)
                .Select(e => new Visit(TierWork.OfText(tier, part.Exits[e]), part.LogitsMemory(sample, e), part.Answer(sample, e)))];
            if (policy.Trust(
                tier, new PolicyState { Guid = part.Guids[i], Embedding = part.Embedding(i), Visits = visits }) is not { } value)
            {
                return null;
            }

            trust[i] = value;
        }

        return new RouterAuroc(name, costs.Tiers[tier].Name, Auroc.Of(trust, part.Right(exit)));
    }
}
