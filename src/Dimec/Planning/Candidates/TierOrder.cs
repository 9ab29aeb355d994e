using Dimec.Costs;

namespace Dimec.Planning.Candidates;

/// <summary>What costs say beside amounts.</summary>
internal static class TierOrder
{
    /// <summary>The tiers with their depths, and which of them is dearer than which: a key.</summary>
    /// <param name="costs">The costs.</param>
    public static string Of(CostStructure costs)
    {
        double[] amounts = [.. Enumerable.Range(0, costs.Tiers.Count).Select(costs.Of)];
        return string.Join(
            '\n', costs.Tiers.Select((tier, place) => $"{tier.Depth} {amounts.Count(amount => amount < amounts[place])} {tier.Name}"));
    }
}
