using Dimec.Costs;
using Dimec.Policies.Fitting;

namespace Dimec.Policies.Ladder;

/// <summary>Which tier runs each stop of a path, from what, and what a sample has cost by the time it is there.</summary>
/// <param name="Work">The stretch of layers of each stop.</param>
/// <param name="Paid">For each stop, the cost of all stretches up to it.</param>
internal sealed record LadderRoute(IReadOnlyList<TierWork> Work, IReadOnlyList<double> Paid)
{
    /// <summary>
    /// The routes of a path that no other route beats at every stop: tiers from cheap to dear, each with the text or with the hidden
    /// state of the stop before, whichever is cheaper.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="costs">The costs.</param>
    /// <param name="resume">How a tier may go on from a hidden state.</param>
    public static IReadOnlyList<LadderRoute> Of(LadderPath path, CostStructure costs, ResumeRoute resume)
    {
        IReadOnlyList<LadderRoute> routes = [new([], [])];
        foreach (var exit in path.Exits)
            routes = Undominated(routes.SelectMany(route => route.Extended(exit, costs, resume)));
        return routes;
    }

    /// <summary>The cost of a stop's own stretch.</summary>
    public double Step(int stop) => Paid[stop] - (stop == 0 ? 0 : Paid[stop - 1]);

    private static List<LadderRoute> Undominated(IEnumerable<LadderRoute> routes)
    {
        // What comes next depends on the tier that a route has come to, so only routes to the same tier can be compared.
        var kept = new List<LadderRoute>();
        foreach (var route in routes)
        {
            if (kept.Any(other => other.Work[^1].Tier == route.Work[^1].Tier && other.IsNoDearer(route)))
                continue;
            kept.RemoveAll(other => other.Work[^1].Tier == route.Work[^1].Tier && route.IsNoDearer(other));
            kept.Add(route);
        }

        return kept;
    }

    private bool IsNoDearer(LadderRoute other) => Paid.Zip(other.Paid).All(pair => pair.First <= pair.Second);

    private IEnumerable<LadderRoute> Extended(int exit, CostStructure costs, ResumeRoute resume)
    {
        if (exit == 0)
        {
            yield return With(TierWork.Further(0, 0, 0), costs);
            yield break;
        }

        for (var tier = Work.Count == 0 ? 0 : Work[^1].Tier; tier < costs.Tiers.Count; tier++)
        {
            if (costs.Tiers[tier].Depth < exit)
                continue;
            yield return With(Starts(tier, exit, resume).MinBy(costs.Of), costs);
        }
    }

    /// <summary>The ways in which a tier can come to an exit; of equally cheap ones the first is taken.</summary>
    private IEnumerable<TierWork> Starts(int tier, int exit, ResumeRoute resume)
    {
        var last = Work.Count == 0 ? default : Work[^1];
        if (last.To > 0 && last.Tier == tier)
        {
            yield return TierWork.Further(tier, last.To, exit);
            yield break;
        }

        if (last.To > 0 && resume != ResumeRoute.Off)
        {
            var start = resume == ResumeRoute.Carry ? WorkStart.Carried : WorkStart.Forwarded;
            yield return new TierWork(tier, last.To, exit, start, last.Tier);
        }

        yield return TierWork.OfText(tier, exit);
    }

    private LadderRoute With(TierWork work, CostStructure costs) =>
        new([.. Work, work], [.. Paid, (Paid.Count == 0 ? 0 : Paid[^1]) + costs.Of(work)]);
}
