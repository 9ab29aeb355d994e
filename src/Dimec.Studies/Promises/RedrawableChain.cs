using Dimec.Planning.Promises;

namespace Dimec.Studies.Promises;

/// <summary>A chain before it is redrawn.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Claim">What is promised, with the bound that tests it unless another is asked for.</param>
/// <param name="Plans">What its plans do over the whole population.</param>
/// <param name="Unpromised">The plan that promises nothing; null where there is none.</param>
internal sealed record RedrawableChain(string Policy, PromiseClaim Claim, PopulationPlans Plans, UnpromisedPlan? Unpromised)
{
    /// <summary>What stands in the result beside the counts.</summary>
    public RedrawnChain With(IReadOnlyList<RedrawCount> counts)
    {
        int[] kept = [.. Enumerable.Range(0, Plans.Count).Where(plan => Plans.Losses[plan] <= Claim.Limit)];
        return new RedrawnChain(
            Policy, ChoiceNames.Of(Claim.Loss), Claim.Bound.Name, Plans.Count, Plans.Losses.DefaultIfEmpty(0).Min(),
            kept.Select(plan => Plans.Saved[plan]).DefaultIfEmpty(0).Max(), Unpromised, counts);
    }
}
