using Dimec.Costs;

namespace Dimec.Policies.Codecs;

/// <summary>The tiers whose pools are empty: they have no centroid and are never named.</summary>
internal static class DroppedTiers
{
    public static IEnumerable<string> Of(IReadOnlyList<float[]?> centroids, CostStructure costs) =>
        costs.Tiers.Where((_, tier) => centroids[tier] is null).Select(tier => tier.Name);

    /// <summary>A sentence on them; none where every tier has a centroid.</summary>
    public static IEnumerable<string> Notes(IReadOnlyList<float[]?> centroids, CostStructure costs)
    {
        string[] dropped = [.. Of(centroids, costs)];
        if (dropped.Length > 0)
            yield return dropped.Length > 1
                ? $"The pools of {string.Join(" and ", dropped)} are empty, so the router never names them."
                : $"The pool of {dropped[0]} is empty, so the router never names it.";
    }
}
