using Dimec.Policies.Fitting;
using Dimec.Pools;

namespace Dimec.Policies.Pools;

/// <summary>Routes each selection sample to the pool that its own dynamics put it in.</summary>
internal sealed class MembershipRouting
{
    private readonly PolicyFitting _fitting;
    private readonly PoolMetrics _map;
    private readonly int[] _rows;

    public MembershipRouting(PolicyFitting fitting, PoolSamples training)
    {
        if (fitting.SelectionMetrics is not { } map)
        {
            throw new InputException(
                OptionNames.Of<FittingOptions>(nameof(FittingOptions.Routing)),
                "is by membership, which needs the dynamics of the selection samples",
                "record the selection part's dynamics as well, or route by centroids");
        }

        var (origin, others) = (map.Origin, training.Samples.Origin);
        if (origin.IsOwn != others.IsOwn || !origin.Exits.SequenceEqual(others.Exits))
        {
            throw new InputException(
                "selection metrics",
                $"are of the exits {string.Join(", ", origin.Exits)} where the training samples' are of {string.Join(", ", others.Exits)}",
                "map both by the same exits");
        }

        (_fitting, _map) = (fitting, map);
        var rowOf = Enumerable.Range(0, map.Count).ToDictionary(row => map.Guid(row).Text);
        _rows = [.. fitting.Selection.Guids.Select(guid => rowOf.TryGetValue(guid, out var row)
            ? row
            : throw new InputException("selection metrics", $"guid '{guid}' is missing", "map the dynamics of every selection sample"))];
    }

    public RoutingOutcome[] Route(IReadOnlyList<PoolThresholds> candidates, double[][] values)
    {
        return [.. candidates.Select(thresholds =>
        {
            var (value, counts) = (0.0, new int[_fitting.Costs.Tiers.Count]);
            for (var i = 0; i < _rows.Length; i++)
            {
                var tier = _map.TierOf(_rows[i], thresholds, _fitting.Options.Hard);
                value += values[tier][i];
                counts[tier]++;
            }

            return new RoutingOutcome(value, counts);
        })];
    }
}
