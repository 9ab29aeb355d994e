using Dimec.Costs;
using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>A family whose policy is made from the true classes of the very samples it then runs over: a bound, never a plan.</summary>
public interface IHindsightFamily : IPolicyFamily
{
    /// <summary>Makes the policy for a part.</summary>
    /// <param name="part">The part, with the true class of every sample known.</param>
    /// <param name="costs">The costs.</param>
    /// <exception cref="InputException">A true class is unknown, or a tier's depth has no recorded exit.</exception>
    IPolicy CreateInHindsight(RecordedExits part, CostStructure costs);
}
