using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>Finds the thresholds of a cascade that no other thresholds beat in both accuracy and cost on the selection part.</summary>
internal sealed class CascadeSearch
{
    private readonly double[][] _grids;
    private readonly float[][] _confidence;
    private readonly bool[][] _right;
    private readonly double[] _paid;
    private readonly int _count;

    public CascadeSearch(PolicyFitting fitting)
    {
        var part = fitting.Selection;
        var tiers = fitting.Costs.Tiers.Count;
        _count = part.Count;
        _confidence = [.. fitting.Exits.Select(exit => Each(part, sample => Softmax.Confidence(part.Logits(sample, exit))))];
        _right = [.. fitting.Exits.Select(exit => Each(part, sample => Softmax.ArgMax(part.Logits(sample, exit)) == part.Gold[sample]))];
        // What a sample has cost by the time a tier answers it: every tier up to that one.
        _paid = [.. Enumerable.Range(0, tiers).Select(tier => Enumerable.Range(0, tier + 1).Sum(fitting.Costs.Of))];
        _grids = [.. _confidence.SkipLast(1).Select(values => QuantileGrid.ForLowerCut(values.Select(value => (double)value), fitting.Options.GridLevels))];
        var size = ThresholdCombinations.FreeFit(_grids.Max(grid => grid.Length), tiers - 1, ThresholdCombinations.Most);
        _grids = [.. _grids.Select(grid => ThresholdCombinations.Thin(grid, size))];
    }

    /// <summary>Thresholds of the frontier, cheapest first.</summary>
    public IReadOnlyList<double[]> Frontier()
    {
        var all = Combinations().Select(thresholds => (thresholds, outcome: Run(thresholds))).ToArray();
        var frontier = new List<double[]>();
        var best = -1;
        foreach (var (thresholds, outcome) in all.OrderBy(point => point.outcome.Cost).ThenByDescending(point => point.outcome.Right))
        {
            if (outcome.Right <= best)
                continue;
            best = outcome.Right;
            frontier.Add(thresholds);
        }

        return frontier;
    }

    private IEnumerable<double[]> Combinations() =>
        _grids.Aggregate((IEnumerable<double[]>)[[]], (found, grid) => found.SelectMany(chosen => grid.Select(next => (double[])[.. chosen, next])));

    private (double Cost, int Right) Run(double[] thresholds)
    {
        var (cost, right) = (0.0, 0);
        for (var i = 0; i < _count; i++)
        {
            var tier = 0;
            while (tier < thresholds.Length && _confidence[tier][i] < thresholds[tier])
                tier++;
            cost += _paid[tier];
            right += _right[tier][i] ? 1 : 0;
        }

        return (cost, right);
    }

    private static T[] Each<T>(RecordedExits part, Func<int, T> value) => [.. Enumerable.Range(0, part.Count).Select(value)];
}
