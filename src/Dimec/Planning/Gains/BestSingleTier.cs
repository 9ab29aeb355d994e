namespace Dimec.Planning.Gains;

/// <summary>
/// The single tier that a policy has to beat, wherever that is asked (method section 10): of the tiers that each answer everything alone,
/// the policy itself left out, the cheapest whose drop is no larger than the policy's own or than the allowed one, whichever is larger.
/// </summary>
public static class BestSingleTier
{
    /// <summary>The drop that a tier may have to be set against a policy.</summary>
    /// <param name="drop">The policy's drop, on the samples on which the tiers' are measured.</param>
    /// <param name="maxDrop">The drop that was allowed; null where none was.</param>
    public static double Limit(double drop, double? maxDrop) => Math.Max(drop, maxDrop ?? double.NegativeInfinity);

    /// <summary>Finds it.</summary>
    /// <param name="tiers">The tiers alone, the deepest first: of equally cheap ones it is the first.</param>
    /// <param name="policy">The policy's name.</param>
    /// <param name="drop">The policy's drop, on the samples on which the tiers' are measured.</param>
    /// <param name="maxDrop">The drop that was allowed; null where none was.</param>
    /// <returns>The tier; null where none stays within the limit.</returns>
    public static SingleTierOutcome? Of(IEnumerable<SingleTierOutcome> tiers, string policy, double drop, double? maxDrop)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        var limit = Limit(drop, maxDrop);
        return tiers.Where(tier => tier.Drop <= limit && tier.Name != policy).MinBy(tier => tier.Cost);
    }
}
