using Dimec.Evaluation.Seeds;

namespace Dimec.Studies.Seeds;

/// <summary>
/// A policy over several seeds on the same reported samples. A seed in which it could not be planned counts as the cloud for every sample.
/// </summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Planned">In how many of the seeds it could be planned.</param>
/// <param name="Accuracy">The share of right answers, over seeds and samples.</param>
/// <param name="Metrics">The task's metrics, each the mean over the seeds.</param>
/// <param name="Reduction">What it saves: each sample's 1 − cost / cost of the cloud, over seeds and samples.</param>
/// <param name="ReductionBySeed">The same, a seed each.</param>
/// <param name="Drop">Accuracy of the cloud − accuracy.</param>
/// <param name="DropBySeed">The same, a seed each.</param>
/// <param name="BestSingle">The single tier that it is measured against:
/// of those whose mean drop is no larger than the policy's or the one that is allowed, the cheapest.</param>
/// <param name="Beyond">What it saves beyond that tier, as a share of the cloud's cost.</param>
/// <param name="Shares">By tier, the share of samples that it answered, the mean over the seeds.</param>
public sealed record SeedsRow(
    string Policy,
    int Planned,
    SeedMean Accuracy,
    IReadOnlyDictionary<string, double> Metrics,
    SeedMean Reduction,
    IReadOnlyList<double> ReductionBySeed,
    SeedMean Drop,
    IReadOnlyList<double> DropBySeed,
    string BestSingle,
    SeedMean Beyond,
    IReadOnlyDictionary<string, double> Shares);
