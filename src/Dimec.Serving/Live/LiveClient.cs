using Dimec.Telemetry;

namespace Dimec.Serving.Live;

/// <summary>What clients answered.</summary>
/// <param name="Unit">The unit of costs.</param>
/// <param name="Places">Where, exit 0 and the tiers in the plan's order: how many samples in each slot, and how sure they were.</param>
/// <param name="Saved">The share of the cloud's cost that was saved in each slot; null: nothing was answered.</param>
/// <param name="P50">The middle duration of a call in each slot, in ms.</param>
/// <param name="P95">The duration that one call in twenty was above, in ms.</param>
/// <param name="Samples">How many samples there were.</param>
/// <param name="SavedTotal">What was saved of all.</param>
/// <param name="MeanConfidence">How sure answers were on average.</param>
/// <param name="Outcomes">The samples by what came of them.</param>
internal sealed record LiveClient(
    string? Unit, IReadOnlyList<LivePlace> Places, IReadOnlyList<double?> Saved, IReadOnlyList<double?> P50, IReadOnlyList<double?> P95,
    long Samples, double? SavedTotal, double? MeanConfidence, LiveOutcomes Outcomes)
{
    /// <summary>Null: nothing was answered.</summary>
    public static LiveClient? Of(LiveSlot[] slots, LiveState state)
    {
        long Sum(string outcome) => slots.Sum(slot => slot.Outcomes.GetValueOrDefault(outcome));
        var outcomes = new LiveOutcomes(
            Sum("planned"), Sum("fallback"), Sum("cached"), Sum("failed"), Sum(Instruments.ClientAbstentions.Name),
            Sum(Instruments.ClientTruncations.Name));
        var samples = outcomes.Planned + outcomes.Fallback + outcomes.Cached + outcomes.Failed;
        if (samples == 0)
            return null;
        var places = state.Shares.Select(share => share.Key)
            .Union(slots.SelectMany(slot => slot.Answers.Keys))
            .Select(place => LivePlace.Of(place, slots))
            .ToList();
        var sure = slots.SelectMany(slot => slot.Confidence.Values).ToList();
        var count = sure.Sum(one => one.Count);
        return new LiveClient(
            state.Unit, places, [.. slots.Select(slot => Saving(slot.Cost, slot.Reference))],
            [.. slots.Select(slot => slot.Calls.Quantile(0.5))], [.. slots.Select(slot => slot.Calls.Quantile(0.95))],
            samples, Saving(slots.Sum(slot => slot.Cost), slots.Sum(slot => slot.Reference)),
            count == 0 ? null : sure.Sum(one => one.Sum) / count, outcomes);
    }

    private static double? Saving(double cost, double reference) => reference > 0 ? Math.Round(1 - (cost / reference), 4) : null;
}
