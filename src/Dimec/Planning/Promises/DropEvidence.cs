using Dimec.Statistics;

namespace Dimec.Planning.Promises;

/// <summary>What a part tells of a policy's drop, and how many samples it would take to tell more.</summary>
/// <param name="N">The number of samples.</param>
/// <param name="OnlyPolicy">n₀₁, those that only the policy gets right.</param>
/// <param name="OnlyCloud">n₁₀, those that only the cloud gets right.</param>
/// <param name="Interval">The 95 % interval of the drop.</param>
internal sealed record DropEvidence(int N, int OnlyPolicy, int OnlyCloud, Interval Interval)
{
    /// <summary>From what the policy and the cloud get right of the same samples.</summary>
    public static DropEvidence Of(bool[] policyRight, bool[] cloudRight, IReadOnlyList<int> gold)
    {
        int Only(bool[] right, bool[] other) => right.Zip(other).Count(sample => sample.First && !sample.Second);
        return new DropEvidence(
            gold.Count, Only(policyRight, cloudRight), Only(cloudRight, policyRight), PairedDrop.Interval(policyRight, cloudRight, gold));
    }

    /// <summary>The cloud has no drop against itself, on whatever samples.</summary>
    public static DropEvidence OfTheCloud(int n) => new(n, 0, 0, default);

    /// <summary>A sentence where the samples do not show that the drop stays within a limit; null where they do.</summary>
    public string? Doubt(double maxDrop)
    {
        if (Interval.Upper <= maxDrop)
            return null;
        var needed = PairedDrop.Needed(OnlyPolicy, OnlyCloud, N, maxDrop) is { } samples
            ? PlanWords.Sentence($"about {samples:#,0} samples would be needed to tell")
            : "no number of samples would tell, since the drop on these is at the limit itself";
        return PlanWords.Sentence(
            $"Warning: with n = {N:#,0} the drop could be up to {PlanWords.Points(Interval.Upper)} on other samples like these ")
            + $"(95 % interval {PlanWords.Number(100 * Interval.Lower)} to {PlanWords.Number(100 * Interval.Upper)}), "
            + $"where {PlanWords.Points(maxDrop)} are allowed; {needed}.";
    }
}
