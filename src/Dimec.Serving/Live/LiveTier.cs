namespace Dimec.Serving.Live;

/// <summary>Another tier at an address, as it is asked from here.</summary>
/// <param name="Tier">The tier.</param>
/// <param name="Address">Host and port.</param>
/// <param name="IsUp">Whether it can be asked; null: nobody here asks it any more.</param>
/// <param name="Requests">How many requests there were.</param>
/// <param name="Failed">How many had no answer.</param>
/// <param name="P50">The middle duration, in ms.</param>
/// <param name="P95">The duration that one in twenty was above, in ms.</param>
internal sealed record LiveTier(string Tier, string Address, bool? IsUp, long Requests, long Failed, double? P50, double? P95)
{
    public static LiveTier Of((string Tier, string Address) address, LiveSlot[] slots, LiveState state)
    {
        var all = new LiveRequests();
        foreach (var own in slots.Select(slot => slot.Asked.GetValueOrDefault(address)).OfType<LiveRequests>())
            all.Add(own);
        return new LiveTier(
            address.Tier, address.Address, state.Up.TryGetValue(address, out var isUp) ? isUp : null, all.Durations.Count, all.Failed,
            all.Durations.Quantile(0.5), all.Durations.Quantile(0.95));
    }
}
