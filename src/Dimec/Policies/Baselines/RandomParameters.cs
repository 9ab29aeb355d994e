using Dimec.Costs;

namespace Dimec.Policies.Baselines;

/// <summary>What <see cref="RandomPolicy"/> is set to.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Shares">By tier, its share; together 1. A tier that is not named has none.</param>
internal sealed record RandomParameters(int Seed, IReadOnlyDictionary<string, double> Shares) : PolicyParameters
{
    /// <summary>The shares in the order of the tiers.</summary>
    public double[] InOrder(CostStructure costs) => [.. costs.Tiers.Select(tier => Shares.GetValueOrDefault(tier.Name))];
}
