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

    private readonly int _tiers;
    private readonly int _layers;
    private readonly int[] _times;

    /// <summary>Nothing is counted yet.</summary>
    /// <param name="costs">The tiers; what they cost has no say in the counts.</param>
    public VisitCounts(CostStructure costs)
    {
        _tiers = costs.Tiers.Count;
        _layers = costs.Tiers.Max(tier => tier.Depth) + 1;
        _times = new int[(StartsWithoutSender + _tiers) * _tiers * _layers * _layers];
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
        _times[(((((start * _tiers) + work.Tier) * _layers) + work.From) * _layers) + work.To] += samples;
    }

    /// <summary>What a sample costs in the mean.</summary>
    /// <param name="samples">The number of samples.</param>
    /// <param name="costs">The costs, of the same tiers.</param>
    public double MeanCost(int samples, CostStructure costs)
    {
        var mean = 0.0;
        for (var i = 0; i < _times.Length; i++)
        {
            if (_times[i] > 0)
                mean += _times[i] / (double)samples * costs.Of(WorkAt(i));
        }

        return mean;
    }

    private TierWork WorkAt(int place)
    {
        var (to, from, tier) = (place % _layers, place / _layers % _layers, place / _layers / _layers % _tiers);
        return (place / _layers / _layers / _tiers) switch
        {
            0 => new TierWork(tier, from, to, WorkStart.Text, tier),
            1 => new TierWork(tier, from, to, WorkStart.Here, tier),
            2 => new TierWork(tier, from, to, WorkStart.Carried, tier),
            var start => new TierWork(tier, from, to, WorkStart.Forwarded, start - StartsWithoutSender),
        };
    }
}
