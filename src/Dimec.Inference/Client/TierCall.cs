using Dimec.Inference.Walks;

namespace Dimec.Inference.Client;

/// <summary>One request to a tier, which may be tried at several of its addresses within the tier's one deadline.</summary>
/// <param name="outage">What made the tier fail in the caller's other batches.</param>
/// <param name="limit">Says how long the caller still waits, where the options say more; null: it does not say.</param>
internal sealed class TierCall(TierOutage outage, Func<TimeSpan>? limit)
{
    public TierOutage Outage => outage;

    public Func<TimeSpan>? Limit => limit;

    /// <summary>How much of the tier's deadline the tries before have taken.</summary>
    public TimeSpan Spent { get; set; }

    /// <summary>Whether there is another address to fall to, for which some of the time is left.</summary>
    public bool HasNext { get; set; }

    /// <summary>Whether it is made beside one that is slow at another address; where it fails, that one is still waited for.</summary>
    public bool IsBeside { get; init; }
}
