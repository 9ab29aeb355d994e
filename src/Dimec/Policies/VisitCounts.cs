using Dimec.Costs;

namespace Dimec.Policies;

/// <summary>
/// How often each stretch of layers was run on each tier. The mean cost comes from these counts and not from the rows, so that no
/// rounding depends on the rows' order and one tier for all costs exactly its own.
/// </summary>
internal sealed class VisitCounts(CostStructure costs)
{
    private readonly int _layers = costs.Tiers.Max(tier => tier.Depth) + 1;
    private readonly int[] _times =
        new int[costs.Tiers.Count * (costs.Tiers.Max(tier => tier.Depth) + 1) * (costs.Tiers.Max(tier => tier.Depth) + 1)];

    public void Add(int tier, int from, int to) => _times[(((tier * _layers) + from) * _layers) + to]++;

    public double MeanCost(int samples)
    {
        var mean = 0.0;
        for (var i = 0; i < _times.Length; i++)
        {
            if (_times[i] > 0)
                mean += _times[i] / (double)samples * costs.Of(i / _layers / _layers, i / _layers % _layers, i % _layers);
        }

        return mean;
    }
}
