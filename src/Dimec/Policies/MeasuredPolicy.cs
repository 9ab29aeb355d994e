using System.Text.Json;
using Dimec.Costs;
using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>Makes the policy that is measured on a part: the one that is served, but for bounds and controls, which look at the part as a whole.</summary>
internal static class MeasuredPolicy
{
    /// <summary>Makes the policy.</summary>
    /// <param name="family">The policy's family.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="planned">The costs that it was planned for.</param>
    /// <param name="part">The part to measure on.</param>
    /// <param name="costs">The costs to measure with.</param>
    /// <exception cref="InputException">The parameters are malformed, or the part lacks what the policy needs.</exception>
    public static IPolicy Create(IPolicyFamily family, JsonElement parameters, CostStructure planned, RecordedExits part, CostStructure costs) => family switch
    {
        IHindsightFamily bound => bound.CreateInHindsight(part, costs),
        IAllottedFamily control => control.CreateFor(part, parameters, planned),
        _ => family.Create(parameters, planned, "plan"),
    };
}
