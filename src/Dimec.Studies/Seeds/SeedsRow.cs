using Dimec.Evaluation.Seeds;
using Dimec.Policies;

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
    IReadOnlyDictionary<string, double> Shares)
{
    /// <summary>Accuracy of the stacked cloud − accuracy; null where a seed has no stacked cloud.</summary>
    public SeedMean? StackedDrop { get; init; }

    /// <summary>
    /// Whether a seed's plan was held to the stacked cloud: what it saves beyond others is then measured at such drops.
    /// </summary>
    public bool IsHeldToStackedCloud { get; init; }

    /// <summary>The drop that its plans were held to: against the cloud, or the stacked cloud.</summary>
    public SeedMean HeldDrop => IsHeldToStackedCloud && StackedDrop is { } stacked ? stacked : Drop;

    /// <summary>
    /// What it saves beyond phone → cloud, as a share of the cloud's cost: in each seed beyond the cheapest point of its frontier whose
    /// drop there is no larger than the policy's or the one that is allowed. Null where a seed has no exit 0, and for phone → cloud
    /// itself.
    /// </summary>
    public SeedMean? BeyondPhoneCloud { get; init; }

    /// <summary>By exit (its layer, 0 for exit 0), the share of samples that it answered, the mean over the seeds.</summary>
    public IReadOnlyDictionary<int, double> AnsweredAt { get; init; } = new Dictionary<int, double>();

    /// <summary>Where samples are answered, exit 0 beside the tiers.</summary>
    public IReadOnlyList<AnswerPlace> Places => AnswerPlace.Of(Shares, AnsweredAt);
}
