using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>What a policy did with every sample of a part, in the part's order.</summary>
public sealed class PolicyRun
{
    internal PolicyRun(int[] tiers, int[] exits, int[] labels, double[] costs, float[] confidences, VisitCounts times, double meanCost) =>
        (Tiers, Exits, Labels, Costs, Confidences, Times, MeanCost) = (tiers, exits, labels, costs, confidences, times, meanCost);

    /// <summary>The tier that answered, from 0.</summary>
    public IReadOnlyList<int> Tiers { get; }

    /// <summary>The exit that answered, by its layer; 0 for exit 0.</summary>
    public IReadOnlyList<int> Exits { get; }

    /// <summary>The class that it answered, from 0.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>What the sample cost: all tiers that were visited on the way.</summary>
    public IReadOnlyList<double> Costs { get; }

    /// <summary>The probability of the answer at the exit that gave it.</summary>
    public IReadOnlyList<float> Confidences { get; }

    /// <summary>The mean cost of a sample.</summary>
    public double MeanCost { get; }

    /// <summary>How often each stretch of layers was run.</summary>
    internal VisitCounts Times { get; }

    /// <summary>For each sample, whether the answer is the true class.</summary>
    /// <param name="part">The part that the policy ran over.</param>
    public bool[] Right(RecordedExits part)
    {
        ArgumentNullException.ThrowIfNull(part);
        var right = new bool[Labels.Count];
        for (var i = 0; i < right.Length; i++)
            right[i] = Labels[i] == part.Gold[i];
        return right;
    }

    /// <summary>By tier, the share of samples that it answered.</summary>
    /// <param name="names">The tiers' names.</param>
    public IReadOnlyDictionary<string, double> Shares(IEnumerable<string> names)
    {
        var counts = Tiers.CountBy(tier => tier).ToDictionary();
        return names.Select((name, tier) => (name, share: counts.GetValueOrDefault(tier) / (double)Tiers.Count))
            .ToDictionary(t => t.name, t => t.share);
    }

    /// <summary>By exit, the share of samples that it answered; exits that answered none are left out.</summary>
    public IReadOnlyDictionary<int, double> AnsweredAt() => Exits.CountBy(exit => exit)
        .OrderBy(exit => exit.Key)
        .ToDictionary(exit => exit.Key, exit => exit.Value / (double)Exits.Count);
}
