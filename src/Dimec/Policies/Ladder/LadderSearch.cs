using Dimec.Policies.Fitting;

namespace Dimec.Policies.Ladder;

/// <summary>
/// Finds the ladders that no other beats in both accuracy and cost on the selection part: every path over the recorded exits up to
/// <see cref="LadderPath.MostStops"/> stops, every combination of a grid of thresholds, every route over the tiers that can be cheapest.
/// </summary>
internal sealed class LadderSearch
{
    /// <summary>The most combinations that are looked at, of all paths together; the grids are made coarser to stay below.</summary>
    public const int MostCombinations = 150_000;

    private readonly PolicyFitting _fitting;
    private readonly IReadOnlyList<LadderGrid> _grids;

    public LadderSearch(PolicyFitting fitting)
    {
        _fitting = fitting;
        var deepest = fitting.Costs.Tiers[^1].Depth;
        var paths = LadderPath.All([.. fitting.Selection.Exits.Where(exit => exit <= deepest)], fitting.Selection.HasExitZero);
        Levels = LevelsFor(paths, fitting.Options.GridLevels);
        _grids = fitting.Memory.GetOrAdd(
            (nameof(LadderSearch), fitting.Selection, fitting.Wanted, fitting.Options.Stack, fitting.Options.Score, Levels, deepest),
            () =>
            {
                var stacks = new LadderStacks(fitting.Selection, fitting.Options, deepest);
                return (IReadOnlyList<LadderGrid>)[.. paths.Select(path => LadderGrid.Of(path, fitting.Wanted, stacks, Levels))];
            });
    }

    /// <summary>How many quantiles each threshold was searched over, both ends counted once.</summary>
    public int Levels { get; }

    /// <summary>The ladders of the front, cheapest first.</summary>
    public IReadOnlyList<FittedCandidate> Front()
    {
        var best = new Found[_fitting.Selection.Count + 1];
        Array.Fill(best, new Found(null!, null!, 0, double.PositiveInfinity));
        foreach (var grid in _grids)
        {
            foreach (var route in LadderRoute.Of(grid.Path, _fitting.Costs, _fitting.Options.Resume))
                Look(grid, route, best);
        }

        var front = new List<FittedCandidate>();
        var least = double.PositiveInfinity;
        for (var right = best.Length - 1; right >= 0; right--)
        {
            if (best[right].Cost >= least)
                continue;
            least = best[right].Cost;
            front.Add(Candidate(best[right], right));
        }

        front.Reverse();
        return front;
    }

    /// <summary>As fine as fits, but not finer than what was asked for.</summary>
    private static int LevelsFor(IReadOnlyList<LadderPath> paths, int asked)
    {
        var levels = asked;
        while (levels > 2 && paths.Sum(path => Math.Pow(levels + 1, path.Exits.Count - 1)) > MostCombinations)
            levels--;
        return levels;
    }

    private static void Look(LadderGrid grid, LadderRoute route, Found[] best)
    {
        Span<int> reached = stackalloc int[grid.Stops];
        Span<double> steps = stackalloc double[grid.Stops];
        for (var stop = 0; stop < grid.Stops; stop++)
            steps[stop] = route.Step(stop);
        for (var combination = 0; combination < grid.Combinations; combination++)
        {
            var right = grid.Right(combination, reached);
            var cost = 0.0;
            for (var stop = 0; stop < steps.Length; stop++)
                cost += reached[stop] * steps[stop];
            if (cost < best[right].Cost)
                best[right] = new Found(grid, route, combination, cost);
        }
    }

    private FittedCandidate Candidate(Found found, int right)
    {
        var reached = new int[found.Grid.Stops];
        found.Grid.Right(found.Combination, reached);
        return LadderCandidate.Of(
            found.Grid.Path, found.Route, found.Grid.Thresholds(found.Combination), found.Grid.Stacked, found.Grid.Scores,
            [.. reached.Select((count, stop) => count - (stop < reached.Length - 1 ? reached[stop + 1] : 0))], right, _fitting.Costs);
    }

    private readonly record struct Found(LadderGrid Grid, LadderRoute Route, int Combination, double Cost);
}
