using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Policies.Ladder;
using Dimec.Predictions;

namespace Dimec.Planning.Candidates;

/// <summary>
/// The drop that a policy's candidates may have on the selection part, so that the plan has the allowed one on samples that had no say in
/// it. The cheapest of many candidates that keep a drop does so partly by luck: halves of the selection part tell by how much, each
/// planned on and read on the other. Only for policies that are held to the stacked cloud.
/// </summary>
/// <param name="fitting">What is planned on.</param>
/// <param name="options">How.</param>
internal sealed class HeldOutLimit(PolicyFitting fitting, PlanningOptions options)
{
    /// <summary>The limits that are tried lie so far apart, a quarter of a point.</summary>
    private const double Step = 0.0025;

    private const int Steps = 12;

    /// <summary>Of fewer samples halves tell nothing.</summary>
    private const int Fewest = 20;

    /// <summary>
    /// The limit for a policy: of those tried the largest with which, on average, the halves lose no more than is allowed; where they
    /// always lose more, the one with which they lose least.
    /// </summary>
    /// <param name="fitter">The policy's fitter.</param>
    public double Of(IPolicyFitter fitter)
    {
        if (fitting.Selection.Count < Fewest)
            return options.MaxDrop;
        double[] limits = [.. Enumerable.Range(0, Steps + 1).Select(step => options.MaxDrop - (step * Step))];
        var drops = new double[limits.Length];
        var halves = Halves();
        foreach (var (planned, read) in halves)
        {
            foreach (var (place, drop) in Drops(fitter, planned, read, limits).Index())
                drops[place] += drop / halves.Length;
        }

        var kept = Array.FindIndex(drops, drop => drop <= options.MaxDrop);
        return limits[kept < 0 ? Array.IndexOf(drops, drops.Min()) : kept];
    }

    /// <summary>Of a frontier, cheapest first: the cheapest that keeps a limit; where none does, the one that loses least.</summary>
    public static FrontierPoint Best(IReadOnlyList<FrontierPoint> frontier, double limit) =>
        frontier.FirstOrDefault(point => point.Outcome.StackedDrop <= limit) ?? frontier.MinBy(point => point.Outcome.StackedDrop)!;

    /// <summary>Shared by all fits of the part: what is counted of a half once, is counted for all costs.</summary>
    private (RecordedExits Planned, RecordedExits Read)[] Halves() => fitting.Memory.GetOrAdd(
        (nameof(HeldOutLimit), fitting.Selection, options.Halvings, options.Seed),
        () =>
        {
            var random = new Random(options.Seed);
            return Enumerable.Range(0, options.Halvings)
                .Select(_ => Halving.Of(fitting.Selection, random))
                .SelectMany(cut => new[] { cut.First, cut.Second }
                    .Select(half => fitting.Selection.Subset(PartNames.Selection, half)).ToArray() is [var first, var second]
                        ? new[] { (first, second), (second, first) }
                        : [])
                .ToArray();
        });

    private IEnumerable<double> Drops(IPolicyFitter fitter, RecordedExits planned, RecordedExits read, double[] limits)
    {
        var half = new PolicyFitting(new SelectionPart(planned), fitting.Costs, options, fitting.Training)
        {
            TrainExits = fitting.TrainExits,
            Memory = fitting.Memory,
        };
        var frontier = new CandidateScore(half, options.Reference).Frontier(fitter, half);
        var cloud = Right(new LadderPolicy(StackedCloudFitter.Parameters(half)), read);
        var known = new Dictionary<FrontierPoint, double>();
        foreach (var limit in limits)
        {
            var best = Best(frontier, limit);
            if (!known.TryGetValue(best, out var drop))
            {
                var policy = fitter.CreateMeasured(best.Parameters, fitting.Costs, read, fitting.Costs);
                known[best] = drop = (cloud - Right(policy, read)) / (double)read.Count;
            }

            yield return drop;
        }
    }

    private int Right(IPolicy policy, RecordedExits part) =>
        PolicyRunner.Run(policy, part, fitting.Costs).Right(part).Count(isRight => isRight);
}
