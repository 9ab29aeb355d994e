using Dimec.Policies.Fitting;

namespace Dimec.Policies.Ladder;

/// <summary>
/// Ladders spread over the costs: of every path, every route that can be cheapest and a grid of prices, at each level of cost the one whose
/// modelled risk is least. Plans are kept by what they do on other samples, not by the best of what was seen on these. All end at the last
/// exit: what ends before has a risk that no threshold lowers, and where samples are unlike those of the selection part it grows.
/// </summary>
internal static class LadderLevels
{
    /// <summary>From a loss of a millionth for the cloud's whole cost to more than all samples, so many a decade.</summary>
    private const int PricesADecade = 12;

    private const int Decades = 7;

    /// <summary>The ladders, cheapest first.</summary>
    /// <param name="fitting">What a fit may look at.</param>
    /// <param name="levels">The number of levels of cost up to the cloud's.</param>
    /// <param name="wanted">By sample, the answer against which risk is modelled; null for what each ladder's last stop answers.</param>
    public static IReadOnlyList<FittedCandidate> Of(PolicyFitting fitting, int levels, IReadOnlyList<int>? wanted)
    {
        var deepest = fitting.Costs.Tiers[^1].Depth;
        var paths = LadderPath.All([.. fitting.Selection.Exits.Where(exit => exit <= deepest)], fitting.Selection.HasExitZero)
            .Where(path => path.Exits[^1] == deepest);
        var (stacks, families) = fitting.Memory.GetOrAdd(
            (nameof(LadderLevels), fitting.Selection, wanted, fitting.EndsStacked, fitting.Options.Stack, fitting.Options.Score, deepest),
            () =>
            {
                var stacks = new LadderStacks(fitting.Selection, fitting.Options, deepest);
                LadderFamily[] made = [.. paths.Select(path => new LadderFamily(path, stacks, wanted, fitting.EndsStacked))];
                return Tuple.Create(stacks, made);
            });
        var cloud = fitting.Costs.Cloud;
        double[] prices = [.. Enumerable.Range(0, Decades * PricesADecade)
            .Select(step => Math.Pow(10, (step / (double)PricesADecade) - Decades + 1) / cloud)];
        return
        [
            .. families.AsParallel().AsOrdered()
                .SelectMany(family => LadderRoute.Of(family.Path, fitting.Costs, fitting.Options.Resume)
                    .SelectMany(route => family.At(route, prices)))
                .GroupBy(member => (int)(member.Cost / cloud * levels))
                .OrderBy(level => level.Key)
                .Select(level => Candidate(level.MinBy(member => member.Risk)!, stacks, fitting)),
        ];
    }

    private static FittedCandidate Candidate(LadderMember member, LadderStacks stacks, PolicyFitting fitting)
    {
        var (family, exits) = (member.Family, member.Family.Path.Exits);
        var (answered, right, discordant) = family.Count(member.Thresholds, fitting.Wanted);
        var candidate = LadderCandidate.Of(
            family.Path, member.Route, member.Thresholds, [.. exits.Select((_, stop) => family.StackOf(stop).Stacked)],
            [.. member.Thresholds.Select((_, stop) => stacks.ScoreOf([.. exits.Take(stop + 1)]).Score)], answered, right, fitting.Costs);
        return candidate with { Outcome = candidate.Outcome! with { Discordant = discordant } };
    }
}
