using System.Text.Json;
using Dimec.Costs;
using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>A family that is measured on a part with shares that are exact there, where its served policy keeps them only on average.</summary>
internal interface IAllottedFamily : IPolicyFamily
{
    /// <summary>Makes the policy for a part.</summary>
    /// <param name="part">The part; its true classes are not looked at.</param>
    /// <param name="parameters">The object <c>parameters</c> of a plan.</param>
    /// <param name="costs">The costs it was planned for; they name the tiers.</param>
    /// <exception cref="InputException">The parameters are malformed.</exception>
    IPolicy CreateFor(RecordedExits part, JsonElement parameters, CostStructure costs);
}
