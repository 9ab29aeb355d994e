namespace Dimec.Serving.Live;

/// <summary>The tier that is served here.</summary>
/// <param name="Tier">Its name.</param>
/// <param name="Revision">The revision of its bundle.</param>
/// <param name="Waiting">How many requests wait.</param>
/// <param name="Requests">How many requests in each slot.</param>
/// <param name="Failed">How many had no answer.</param>
/// <param name="Refused">How many were turned away.</param>
/// <param name="P50">The middle duration in each slot, in ms.</param>
/// <param name="P95">The duration that one in twenty was above, in ms.</param>
/// <param name="Exits">Where rows stopped.</param>
internal sealed record LiveServer(
    string Tier, int Revision, int Waiting, IReadOnlyList<long> Requests, IReadOnlyList<long> Failed, IReadOnlyList<long> Refused,
    IReadOnlyList<double?> P50, IReadOnlyList<double?> P95, IReadOnlyList<LivePlace> Exits)
{
    /// <summary>Null: none is.</summary>
    public static LiveServer? Of(LiveSlot[] slots, LiveState state) => state.Tier is not { } tier ? null : new LiveServer(
        tier, state.Revision, state.Waiting, [.. slots.Select(slot => (long)slot.Served.Durations.Count)],
        [.. slots.Select(slot => slot.Served.Failed)], [.. slots.Select(slot => slot.Refused)],
        [.. slots.Select(slot => slot.Served.Durations.Quantile(0.5))], [.. slots.Select(slot => slot.Served.Durations.Quantile(0.95))],
        [
            .. slots.SelectMany(slot => slot.Rows.Keys).Distinct().Order().Select(exit => new LivePlace(
                $"exit {exit}", [.. slots.Select(slot => slot.Rows.GetValueOrDefault(exit)?.Count ?? 0)],
                LivePlace.Together(slots.Select(slot => slot.Rows.GetValueOrDefault(exit))))),
        ]);
}
