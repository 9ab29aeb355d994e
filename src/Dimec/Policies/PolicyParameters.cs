using Dimec.Costs;

namespace Dimec.Policies;

/// <summary>What a policy is set to: an immutable record for each kind of policy, found by its fitter and kept in a plan.</summary>
public abstract record PolicyParameters
{
    /// <summary>What the policy asks for of a sample, beside what the exits of the tiers that it visits say.</summary>
    /// <param name="costs">The costs it was planned for; they name the tiers.</param>
    public virtual PolicyNeeds Needs(CostStructure costs) => PolicyNeeds.None;

    /// <summary>
    /// The stretches of layers that the policy may ask tiers for, so that a bundle holds a model of each; whole tiers may be left out.
    /// </summary>
    /// <param name="costs">The costs it was planned for; they name the tiers.</param>
    public virtual IReadOnlyList<TierWork> Works(CostStructure costs) => [];
}
