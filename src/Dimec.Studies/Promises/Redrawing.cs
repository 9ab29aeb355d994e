using Dimec.Planning.Promises;
using Dimec.Planning.Promises.Procedures;
using Dimec.Statistics.Bounds;

namespace Dimec.Studies.Promises;

/// <summary>
/// Makes promises on draws from a population. Every chain, procedure and bound is tested on the same draws; what plans lose over the whole
/// population is known, so that a promise that is broken shows.
/// </summary>
internal static class Redrawing
{
    /// <summary>No plan was shown to keep the promise.</summary>
    private const int None = -1;

    /// <summary>Redraws, on all processors; the result does not depend on how many there are.</summary>
    /// <param name="chains">The chains, all of one population.</param>
    /// <param name="population">The number of its samples.</param>
    /// <param name="samples">The numbers of samples that are drawn.</param>
    /// <param name="options">How often, and what is promised.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>As many as chains.</returns>
    public static IReadOnlyList<RedrawnChain> Run(
        IReadOnlyList<RedrawableChain> chains, int population, IReadOnlyList<int> samples, RedrawOptions options,
        CancellationToken cancellationToken)
    {
        RedrawnTests.PValues[] bounds = [.. RiskBounds.All.Select(bound => new RedrawnTests.PValues(bound, options.MaxDrop))];
        var cells = chains.SelectMany((chain, place) => samples.SelectMany(n => bounds
            .Where(bound => chain.Claim.Loss != PromiseLoss.Paired || bound.TakesSigned)
            .SelectMany(_ => PromiseProcedures.All, (bound, procedure) =>
                new Cell(place, n, bound, procedure, new int[options.Draws])))).ToArray();
        var bySize = cells.ToLookup(cell => (cell.Samples, cell.Chain));
        var random = new Random(options.Seed);
        int[] seeds = [.. Enumerable.Range(0, options.Draws).Select(_ => random.Next())];
        var delta = 1 - options.Confidence;
        Parallel.For(0, options.Draws, new ParallelOptions { CancellationToken = cancellationToken }, draw =>
        {
            var own = new Random(seeds[draw]);
            foreach (var n in samples)
            {
                var drawn = DrawnSamples.Of(population, n, own);
                for (var chain = 0; chain < chains.Count; chain++)
                {
                    var (first, second) = chains[chain].Plans.On(drawn);
                    foreach (var byBound in bySize[(n, chain)].GroupBy(cell => cell.Values))
                    {
                        var tests = RedrawnTests.Of(first, second, byBound.Key);
                        foreach (var cell in byBound)
                            cell.Chosen[draw] = cell.Procedure.Accepted(tests, delta).DefaultIfEmpty(None).Max();
                    }
                }
            }
        });
        return [.. chains.Select((chain, place) => chain.With(
            [.. cells.Where(cell => cell.Chain == place).Select(cell => Count(cell, chain.Plans, options))]))];
    }

    private static RedrawCount Count(Cell cell, PopulationPlans plans, RedrawOptions options)
    {
        int[] found = [.. cell.Chosen.Where(plan => plan != None)];
        return new RedrawCount(
            cell.Procedure.Name, cell.Values.Bound, cell.Samples, options.Draws, found.Length,
            found.Count(plan => plans.Losses[plan] > options.MaxDrop), found.Sum(plan => plans.Saved[plan]) / options.Draws);
    }

    /// <summary>A chain, a number of samples, a bound and a procedure, with the plan that each draw ended in.</summary>
    private sealed record Cell(int Chain, int Samples, RedrawnTests.PValues Values, IPromiseProcedure Procedure, int[] Chosen);
}
