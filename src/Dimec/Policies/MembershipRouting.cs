using Dimec.Cartography;
using Dimec.Pools;

namespace Dimec.Policies;

/// <summary>Routes each selection sample to the pool that its own dynamics put it in.</summary>
internal sealed class MembershipRouting
{
    private readonly PolicyFitting _fitting;
    private readonly SampleMetrics[] _metrics;

    public MembershipRouting(PolicyFitting fitting)
    {
        _fitting = fitting;
        if (fitting.SelectionMetrics is not { } metrics)
            throw new InputException("routing", "is by membership, which needs the dynamics of the selection samples", "map the selection part's dynamics as well, or route by centroids");
        _metrics = [.. fitting.Selection.Guids.Select(guid => metrics.TryGetValue(guid, out var sample)
            ? sample
            : throw new InputException("selection metrics", $"guid '{guid}' is missing", "map the dynamics of every selection sample"))];
    }

    public RoutingOutcome[] Route(IReadOnlyList<PoolThresholds> candidates, double[][] values)
    {
        double[] costs = [.. Enumerable.Range(0, _fitting.Costs.Tiers.Count).Select(_fitting.Costs.Of)];
        return [.. candidates.Select(thresholds =>
        {
            var (value, cost) = (0.0, 0.0);
            for (var i = 0; i < _metrics.Length; i++)
            {
                var tier = thresholds.TierOf(_metrics[i].Confidence, _metrics[i].Variability, _fitting.Options.Hard);
                value += values[tier][i];
                cost += costs[tier];
            }

            return new RoutingOutcome(value / _metrics.Length, cost / _metrics.Length);
        })];
    }
}
