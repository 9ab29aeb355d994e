using Dimec.Costs;

namespace Dimec.Policies;

/// <summary>
/// How often each stretch of layers was run on each tier. The mean cost comes from these counts and not from the rows, so that no
/// rounding depends on the rows' order and one tier for all costs exactly its own.
/// </summary>
internal sealed class VisitCounts
{
    /// <summary>Text, Here and Carried are one each; a state can be forwarded by every tier.</summary>
    private const int StartsWithoutSender = 3;

    private readonly CostStructure _costs;
    private readonly int _layers;
    private readonly int _starts;
    private readonly int[] _times;

    public VisitCounts(CostStructure costs)
    {
        _costs = costs;
        _layers = costs.Tiers.Max(tier => tier.Depth) + 1;
        _starts = StartsWithoutSender + costs.Tiers.Count;
        _times = new int[_starts * costs.Tiers.Count * _layers * _layers];
    }

    public void Add(TierWork work, int samples = 1)
    {
        var start = work.Start switch
        {
            WorkStart.Text => 0,
            WorkStart.Here => 1,
            WorkStart.Carried => 2,
            _ => StartsWithoutSender + work.Sender,
        };
        _times[(((((start * _costs.Tiers.Count) + work.Tier) * _layers) + work.From) * _layers) + work.To] += samples;
    }

    public double MeanCost(int samples)
    {
        var mean = 0.0;
        for (var i = 0; i < _times.Length; i++)
        {
            if (_times[i] > 0)
                mean += _times[i] / (double)samples * _costs.Of(WorkAt(i));
        }

        return mean;
    }

    private TierWork WorkAt(int place)
    {
        var (to, from, tier) = (place % _layers, place / _layers % _layers, place / _layers / _layers % _costs.Tiers.Count);
        return (place / _layers / _layers / _costs.Tiers.Count) switch
        {
            0 => new TierWork(tier, from, to, WorkStart.Text, tier),
            1 => new TierWork(tier, from, to, WorkStart.Here, tier),
            2 => new TierWork(tier, from, to, WorkStart.Carried, tier),
            var start => new TierWork(tier, from, to, WorkStart.Forwarded, start - StartsWithoutSender),
        };
    }
}
