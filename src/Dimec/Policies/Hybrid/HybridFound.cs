using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Policies.Ladder;

namespace Dimec.Policies.Hybrid;

/// <summary>A setting that the search found.</summary>
/// <param name="Stops">Its stops, wherever they run.</param>
/// <param name="Route">Where they run.</param>
/// <param name="Price">What a unit of cost is worth.</param>
/// <param name="Thresholds">The place of each stop's threshold on its grid.</param>
/// <param name="Cost">The sum of all samples' costs.</param>
internal sealed record HybridFound(HybridStops Stops, LadderRoute Route, double Price, int[] Thresholds, double Cost)
{
    /// <summary>The candidate, with what it does: worked out once more, sample by sample.</summary>
    public FittedCandidate Candidate(PolicyFitting fitting, MapModel? map)
    {
        var stops = Stops.Of(Route, Thresholds);
        var (times, answered) = (new VisitCounts(fitting.Costs), new int[fitting.Costs.Tiers.Count]);
        var answeredAt = new SortedDictionary<int, int>();
        var (right, count) = (0, fitting.Selection.Count);
        foreach (var (entry, last, isRight) in Stops.Walks(Route, fitting.Costs, Price, stops))
        {
            for (var stop = Math.Max(entry, 1); stop <= last; stop++)
                times.Add(stop == entry ? TierWork.OfText(stops[stop].Tier, stops[stop].Exit) : Route.Work[stop]);
            // Exit 0 has run whatever comes after it.
            times.Add(Route.Work[0]);
            right += isRight ? 1 : 0;
            answered[stops[last].Tier]++;
            answeredAt[stops[last].Exit] = answeredAt.GetValueOrDefault(stops[last].Exit) + 1;
        }

        return new FittedCandidate(
            new HybridParameters(stops, Price, map), new FittedOutcome(right, times.MeanCost(count, fitting.Costs), answered, answeredAt));
    }
}
