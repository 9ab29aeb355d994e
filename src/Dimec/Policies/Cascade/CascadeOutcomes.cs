using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Cascade;

/// <summary>What cascades cost and get right on the selection part, from what its exits said there.</summary>
internal sealed class CascadeOutcomes
{
    private readonly bool[][] _right;
    private readonly double[] _paid;
    private readonly int _count;

    public CascadeOutcomes(PolicyFitting fitting)
    {
        var part = fitting.Selection;
        _count = part.Count;
        Confidence = [.. fitting.Exits.Select(exit => Each(part, sample => part.Answer(sample, exit).Confidence))];
        _right = [.. fitting.Exits.Select(part.Right)];
        // What a sample has cost by the time a tier answers it: every tier up to that one.
        _paid = [.. Enumerable.Range(0, fitting.Costs.Tiers.Count).Select(tier => Enumerable.Range(0, tier + 1).Sum(fitting.Costs.Of))];
    }

    /// <summary>For each tier, the confidence of its exit in every sample.</summary>
    public float[][] Confidence { get; }

    /// <summary>The mean cost of a sample, and how many are answered right.</summary>
    public (double Cost, int Right) Of(ReadOnlySpan<double> thresholds)
    {
        Span<int> answered = stackalloc int[_paid.Length];
        answered.Clear();
        var right = 0;
        for (var i = 0; i < _count; i++)
        {
            var tier = 0;
            while (tier < thresholds.Length && Confidence[tier][i] < thresholds[tier])
                tier++;
            answered[tier]++;
            right += _right[tier][i] ? 1 : 0;
        }

        var cost = 0.0;
        for (var tier = 0; tier < _paid.Length; tier++)
            cost += answered[tier] * _paid[tier];
        return (cost / _count, right);
    }

    private static T[] Each<T>(RecordedExits part, Func<int, T> value) => [.. Enumerable.Range(0, part.Count).Select(value)];
}
