namespace Dimec.Inference.Walks;

/// <summary>
/// Who answers in the place of a tier that cannot be had: the next more capable one, so that nothing is lost, and where there is none, the
/// next cheaper one, down to the mobile, which is always there.
/// </summary>
internal static class FallbackOrder
{
    /// <summary>The wanted tier, then those that stand in for it, in order.</summary>
    public static IEnumerable<int> From(int wanted, int tiers)
    {
        for (var tier = wanted; tier < tiers; tier++)
            yield return tier;
        for (var tier = wanted - 1; tier >= 0; tier--)
            yield return tier;
    }
}
