using Dimec.Costs;
using Dimec.Policies;
using Dimec.Policies.Fitting;

namespace Dimec.Planning.Promises;

/// <summary>A plan that may be promised: a policy with its parameters at given depths of the tiers.</summary>
/// <param name="Fitter">The policy, as it is measured.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Request">From what it was made: the costs, with the tiers' depths, among it.</param>
public sealed record PromiseCandidate(IPolicyFitter Fitter, PolicyParameters Parameters, PlanRequest Request)
{
    /// <summary>The policy's name.</summary>
    public string Policy => Fitter.Policy.Name;

    /// <summary>The costs, which name the tiers.</summary>
    public CostStructure Costs => Request.Costs;

    /// <summary>What it does on a part.</summary>
    /// <param name="part">The part.</param>
    internal PolicyRun Run(Predictions.RecordedExits part) =>
        PolicyRunner.Run(Fitter.CreateMeasured(Parameters, Costs, part, Costs), part, Costs);
}
