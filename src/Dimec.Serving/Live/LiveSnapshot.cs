namespace Dimec.Serving.Live;

/// <summary>What the live page shows: a quarter of an hour in slots, the oldest first, and how things are.</summary>
/// <param name="Format">The format's number.</param>
/// <param name="At">Now, in ms since 1970.</param>
/// <param name="SlotSeconds">How long a slot is.</param>
/// <param name="Times">When the slots begin, in s since 1970.</param>
/// <param name="Client">What clients in this process answered; null: nothing yet.</param>
/// <param name="Plan">What their plan expects; null: no client is here.</param>
/// <param name="Tiers">Other tiers, as asked from here.</param>
/// <param name="Server">The tier that is served here; null: none is.</param>
internal sealed record LiveSnapshot(
    int Format, long At, double SlotSeconds, IReadOnlyList<long> Times, LiveClient? Client, LivePlan? Plan,
    IReadOnlyList<LiveTier> Tiers, LiveServer? Server)
{
    /// <summary>What slots say together.</summary>
    /// <param name="at">Now.</param>
    /// <param name="now">The number of the last slot.</param>
    /// <param name="slots">The slots, the last one unfinished.</param>
    /// <param name="state">How things are.</param>
    public static LiveSnapshot Of(DateTimeOffset at, long now, LiveSlot[] slots, LiveState state)
    {
        var began = DateTime.UnixEpoch.Ticks / LiveWindow.SlotLength.Ticks;
        var seconds = LiveWindow.SlotLength.TotalSeconds;
        return new LiveSnapshot(
            1, at.ToUnixTimeMilliseconds(), seconds,
            [.. slots.Index().Select(slot => (long)((now - slots.Length + 1 + slot.Index - began) * seconds))],
            LiveClient.Of(slots, state),
            state.Reduction is { } reduction
                ? new LivePlan([.. state.Shares.Select(share => new LiveShare(share.Key, share.Value))], reduction, state.Accuracy ?? 0)
                : null,
            [.. Addresses(slots, state).Select(address => LiveTier.Of(address, slots, state))],
            LiveServer.Of(slots, state));
    }

    private static IEnumerable<(string Tier, string Address)> Addresses(LiveSlot[] slots, LiveState state) =>
        state.Up.Keys.Union(slots.SelectMany(slot => slot.Asked.Keys)).Order();
}
