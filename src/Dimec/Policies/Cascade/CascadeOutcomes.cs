using Dimec.Policies.Fitting;

namespace Dimec.Policies.Cascade;

/// <summary>What cascades cost and get right on the selection part.</summary>
internal sealed class CascadeOutcomes
{
    private readonly CascadeCounter _counter;
    private readonly double[] _paid;
    private readonly double _count;

    public CascadeOutcomes(PolicyFitting fitting)
    {
        _count = fitting.Selection.Count;
        _counter = fitting.Memory.GetOrAdd(
            (nameof(CascadeOutcomes), fitting.Selection, string.Join(',', fitting.Exits)),
            () => new CascadeCounter(fitting.Selection, fitting.Exits));
        // What a sample has cost by the time a tier answers it: every tier up to that one.
        _paid = [.. Enumerable.Range(0, fitting.Costs.Tiers.Count).Select(tier => Enumerable.Range(0, tier + 1).Sum(fitting.Costs.Of))];
    }

    /// <summary>For each tier, the confidence of its exit in every sample.</summary>
    public float[][] Confidence => _counter.Confidence;

    /// <summary>Which tiers answer, and how many samples are answered right.</summary>
    public CascadeCount Count(double[] thresholds) => _counter.Of(thresholds);

    /// <summary>The mean cost of a sample.</summary>
    public double Cost(CascadeCount count) => count.Answered.Select((answered, tier) => answered * _paid[tier]).Sum() / _count;
}
