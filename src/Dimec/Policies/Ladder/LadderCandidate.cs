using Dimec.Costs;
using Dimec.Exits.Stacking;
using Dimec.Policies.Fitting;

namespace Dimec.Policies.Ladder;

/// <summary>A ladder that a search has found.</summary>
internal static class LadderCandidate
{
    /// <summary>Puts it together, with what it does on the selection part.</summary>
    /// <param name="path">Its exits.</param>
    /// <param name="route">Where they run.</param>
    /// <param name="thresholds">One for each stop but the last.</param>
    /// <param name="stacked">By stop, its exit combined with others.</param>
    /// <param name="scores">For each stop but the last, what its threshold cuts; null for its confidence.</param>
    /// <param name="answered">By stop, how many samples it answers.</param>
    /// <param name="right">How many are answered as is wanted.</param>
    /// <param name="costs">The costs.</param>
    public static FittedCandidate Of(
        LadderPath path, LadderRoute route, double[] thresholds, IReadOnlyList<StackedExit> stacked, IReadOnlyList<LearnedScore?> scores,
        int[] answered, int right, CostStructure costs)
    {
        var (times, byTier, byExit) = (new VisitCounts(costs), new int[costs.Tiers.Count], new Dictionary<int, int>());
        var reached = answered.Sum();
        var samples = reached;
        for (var stop = 0; stop < answered.Length; stop++)
        {
            times.Add(route.Work[stop], reached);
            byTier[route.Work[stop].Tier] += answered[stop];
            if (answered[stop] > 0)
                byExit.Add(path.Exits[stop], answered[stop]);
            reached -= answered[stop];
        }

        LadderStop[] stops = [.. path.Exits.Select((exit, stop) => new LadderStop(
            exit, route.Work[stop].Tier, route.Work[stop].Start, stop < thresholds.Length ? thresholds[stop] : 0, stacked[stop])
        {
            Score = stop < thresholds.Length ? scores[stop] : null,
        })];
        return new FittedCandidate(new LadderParameters(stops), new FittedOutcome(right, times.MeanCost(samples, costs), byTier, byExit));
    }
}
