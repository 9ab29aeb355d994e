using Dimec.Predictions;

namespace Dimec.Policies.Cascade;

/// <summary>Which tiers of cascades answer, and how often rightly, from what the exits said of a part; whatever the tiers cost.</summary>
internal sealed class CascadeCounter
{
    private readonly bool[][] _right;
    private readonly int _count;

    /// <summary>Reads the exits.</summary>
    /// <param name="part">The part.</param>
    /// <param name="exits">By tier, the place of its exit among the recorded ones.</param>
    public CascadeCounter(RecordedExits part, IReadOnlyList<int> exits)
    {
        _count = part.Count;
        Confidence = [.. exits.Select(exit =>
            Enumerable.Range(0, _count).Select(sample => part.Answer(sample, exit).Confidence).ToArray())];
        _right = [.. exits.Select(part.Right)];
    }

    /// <summary>For each tier, the confidence of its exit in every sample.</summary>
    public float[][] Confidence { get; }

    /// <summary>How many samples each tier answers, and how many of all are answered right.</summary>
    /// <param name="thresholds">One for each tier but the last.</param>
    public CascadeCount Of(double[] thresholds)
    {
        var (answered, right) = (new int[_right.Length], 0);
        for (var i = 0; i < _count; i++)
        {
            var tier = 0;
            while (tier < thresholds.Length && Confidence[tier][i] < thresholds[tier])
                tier++;
            answered[tier]++;
            right += _right[tier][i] ? 1 : 0;
        }

        return new CascadeCount(thresholds, answered, right);
    }
}
