using Dimec.Policies.Fitting;

namespace Dimec.Policies.Ladder;

/// <summary>
/// Ladders spread over the costs: of every path, every route that can be cheapest and a grid of prices, at each level of cost the one whose
/// modelled risk is least. For promises, which are kept by what plans do on other samples, not by the best of what was seen on these. All
/// end at the last exit: what ends before has a risk that no threshold lowers, and where samples are unlike those of the selection part it
/// grows.
/// </summary>
internal static class LadderLevels
{
    /// <summary>From a loss of a millionth for the cloud's whole cost to more than all samples, so many a decade.</summary>
    private const int PricesADecade = 12;

    private const int Decades = 7;

    /// <summary>The ladders, cheapest first.</summary>
    /// <param name="fitting">What a fit may look at; its <see cref="PolicyFitting.CostLevels"/> says how many levels there are.</param>
    public static IReadOnlyList<FittedCandidate> Of(PolicyFitting fitting)
    {
        var deepest = fitting.Costs.Tiers[^1].Depth;
        var paths = LadderPath.All([.. fitting.Selection.Exits.Where(exit => exit <= deepest)], fitting.Selection.HasExitZero)
            .Where(path => path.Exits[^1] == deepest);
        var (stacks, families) = fitting.Memory.GetOrAdd(
            (nameof(LadderLevels), fitting.Selection, fitting.Wanted, fitting.EndsStacked, fitting.Options.Stack,
                fitting.Options.Score, deepest),
            () =>
            {
                var stacks = new LadderStacks(fitting.Selection, fitting.Options, deepest);
                LadderFamily[] made = [.. paths.Select(path => new LadderFamily(path, stacks, fitting.Wanted, fitting.EndsStacked))];
                return Tuple.Create(stacks, made);
            });
        var members = families.AsParallel().AsOrdered().SelectMany(family => Members(family, fitting));
        var cloud = fitting.Costs.Cloud;
        return
        [
            .. members.Where(member => member.Cost < cloud)
                .GroupBy(member => (int)(member.Cost / cloud * fitting.CostLevels))
                .OrderBy(level => level.Key)
                .Select(level => level.MinBy(member => member.Risk)!)
                .Select(member => Candidate(member, stacks, fitting)),
        ];
    }

    private static IEnumerable<LadderMember> Members(LadderFamily family, PolicyFitting fitting) =>
        from route in LadderRoute.Of(family.Path, fitting.Costs, fitting.Options.Resume)
        from step in Enumerable.Range(0, Decades * PricesADecade)
        select family.At(route, Math.Pow(10, (step / (double)PricesADecade) - Decades + 1) / fitting.Costs.Cloud);

    private static FittedCandidate Candidate(LadderMember member, LadderStacks stacks, PolicyFitting fitting)
    {
        int[] exits = [.. member.Family.Path.Exits];
        LadderStop[] stops = [.. exits.Select((exit, stop) => new LadderStop(
            exit, member.Route.Work[stop].Tier, member.Route.Work[stop].Start,
            stop < member.Thresholds.Length ? member.Thresholds[stop] : 0, member.Family.StackOf(stop).Stacked)
        {
            Score = stop < member.Thresholds.Length ? stacks.ScoreOf(exits[..(stop + 1)]).Score : null,
        })];
        var (times, answered) = (new VisitCounts(fitting.Costs), new int[fitting.Costs.Tiers.Count]);
        var answeredAt = new SortedDictionary<int, int>();
        for (var sample = 0; sample < fitting.Selection.Count; sample++)
        {
            var last = member.Family.StopOf(sample, member.Thresholds);
            for (var stop = 0; stop <= last; stop++)
                times.Add(member.Route.Work[stop]);
            answered[stops[last].Tier]++;
            answeredAt[stops[last].Exit] = answeredAt.GetValueOrDefault(stops[last].Exit) + 1;
        }

        return new FittedCandidate(
            new LadderParameters(stops),
            new FittedOutcome(
                member.Family.Right(member.Thresholds), times.MeanCost(fitting.Selection.Count), answered, answeredAt));
    }
}
