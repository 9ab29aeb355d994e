namespace Dimec.Planning.Gains;

/// <summary>
/// What a policy has to beat, wherever that is asked (method section 10): of some rivals (the single tiers, exit 0 alone and the stacked
/// cloud among them, that each answer everything; or the whole frontier of phone → cloud), the policy itself left out, the cheapest whose
/// drop is no larger than the policy's own or than the allowed one, whichever is larger.
/// </summary>
public static class CheapestRival
{
    /// <summary>The drop that a rival may have to be set against a policy.</summary>
    /// <param name="drop">The policy's drop, on the samples and against the reference of the rivals' drops.</param>
    /// <param name="maxDrop">The drop that was allowed; null where none was.</param>
    public static double Limit(double drop, double? maxDrop) => Math.Max(drop, maxDrop ?? double.NegativeInfinity);

    /// <summary>Finds it.</summary>
    /// <param name="rivals">The rivals, single tiers the deepest first: of equally cheap ones it is the first.</param>
    /// <param name="policy">The policy's name.</param>
    /// <param name="drop">The policy's drop, on the samples and against the reference of the rivals' drops.</param>
    /// <param name="maxDrop">The drop that was allowed; null where none was.</param>
    /// <returns>The rival; null where none stays within the limit.</returns>
    public static RivalOutcome? Of(IEnumerable<RivalOutcome> rivals, string policy, double drop, double? maxDrop)
    {
        ArgumentNullException.ThrowIfNull(rivals);
        var limit = Limit(drop, maxDrop);
        return rivals.Where(rival => rival.Drop <= limit && rival.Name != policy).MinBy(rival => rival.Cost);
    }
}
