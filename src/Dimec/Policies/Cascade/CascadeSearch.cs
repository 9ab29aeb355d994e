using Dimec.Policies.Fitting;
using Dimec.Pools;

namespace Dimec.Policies.Cascade;

/// <summary>
/// Finds the thresholds of a cascade that no other thresholds beat in both accuracy and cost on the selection part. Up to
/// <see cref="ThresholdCombinations.Most"/> combinations of the grid are all tried. Of a larger grid a coarser one is tried with half of
/// that number (where one of three values and more a threshold is small enough), and every tier alone; from the best of these the
/// search climbs on the whole grid, one threshold after the other, towards each weight of cost against accuracy.
/// </summary>
internal sealed class CascadeSearch
{
    private readonly CascadeOutcomes _outcomes;
    private readonly double[][] _grids;
    private readonly double[] _weights;
    private readonly double _count;
    private readonly PolicyFitting _fitting;
    private readonly List<Point> _tried = [];

    public CascadeSearch(PolicyFitting fitting)
    {
        (_fitting, _outcomes) = (fitting, new CascadeOutcomes(fitting));
        _count = fitting.Selection.Count;
        _weights = [.. fitting.Options.RewardWeights.Select(weight => weight / fitting.Costs.Cloud)];
        _grids = [.. _outcomes.Confidence.SkipLast(1)
            .Select(values => QuantileGrid.ForLowerCut(values.Select(value => (double)value), fitting.Options.GridLevels))];
    }

    /// <summary>True where the grid is too large to be tried whole.</summary>
    public bool IsPartial => Combinations(_grids) > ThresholdCombinations.Most;

    /// <summary>How many combinations were tried so far.</summary>
    public int Tried => _tried.Count;

    /// <summary>The cascades of the frontier, cheapest first.</summary>
    public IReadOnlyList<CascadeCount> Frontier()
    {
        if (IsPartial)
            Climb();
        else
            TryWhole();
        return ParetoFront.Of(_tried.Select(point => (point.Count, point.Cost, point.Count.Right)));
    }

    private static double Combinations(double[][] grids) => grids.Aggregate(1.0, (count, grid) => count * grid.Length);

    private static IEnumerable<double[]> All(double[][] grids) => grids.Aggregate(
        (IEnumerable<double[]>)[[]], (found, grid) => found.SelectMany(chosen => grid.Select(next => (double[])[.. chosen, next])));

    /// <summary>Who answers at each combination does not depend on what the tiers cost, so it is counted once for all costs.</summary>
    private void TryWhole()
    {
        var counts = _fitting.Memory.GetOrAdd(
            (nameof(CascadeSearch), _fitting.Selection, string.Join(',', _fitting.Exits), _fitting.Options.GridLevels),
            () => All(_grids).Select(_outcomes.Count).ToArray());
        foreach (var count in counts)
            Add(count);
    }

    private void Climb()
    {
        var size = ThresholdCombinations.FreeFit(_grids.Max(grid => grid.Length), _grids.Length, ThresholdCombinations.Most / 2);
        double[][] coarse = [.. _grids.Select(grid => ThresholdCombinations.Thin(grid, size))];
        if (size > 2 && Combinations(coarse) <= ThresholdCombinations.Most / 2)
        {
            foreach (var thresholds in All(coarse))
                Try(thresholds);
        }

        // Every tier alone: those before it never answer, and its own lowest threshold keeps every sample.
        for (var tier = 0; tier <= _grids.Length; tier++)
            Try([.. _grids.Select((grid, t) => t < tier ? grid[^1] : grid[0])]);
        for (var i = 0; i < _weights.Length; i++)
        {
            var weight = _weights[i];
            Climb(weight, until: Tried + ((ThresholdCombinations.Most - Tried) / (_weights.Length - i)));
        }
    }

    /// <summary>Climbs to where no other value of any one threshold has a better reward, or until so many have been tried.</summary>
    private void Climb(double weight, int until)
    {
        var best = _tried.MaxBy(Reward);
        var unchanged = 0;
        for (var tier = 0; unchanged < _grids.Length; tier = (tier + 1) % _grids.Length)
        {
            var from = best;
            foreach (var threshold in _grids[tier].Where(value => value != from.Count.Thresholds[tier]))
            {
                if (Tried >= until)
                    return;
                double[] thresholds = [.. from.Count.Thresholds];
                thresholds[tier] = threshold;
                if (Try(thresholds) is var point && Reward(point) > Reward(best))
                    best = point;
            }

            unchanged = best == from ? unchanged + 1 : 0;
        }

        double Reward(Point point) => (point.Count.Right / _count) - (weight * point.Cost);
    }

    private Point Try(double[] thresholds) => Add(_outcomes.Count(thresholds));

    private Point Add(CascadeCount count)
    {
        _tried.Add(new Point(count, _outcomes.Cost(count)));
        return _tried[^1];
    }

    private readonly record struct Point(CascadeCount Count, double Cost);
}
