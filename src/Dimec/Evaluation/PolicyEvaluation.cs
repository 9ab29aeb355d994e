using System.Text.Json;
using Dimec.Evaluation.Gains;
using Dimec.Policies;
using Dimec.Statistics;

namespace Dimec.Evaluation;

/// <summary>A row of an evaluation: what a policy did on the part.</summary>
/// <param name="Name">The policy's name.</param>
/// <param name="Parameters">Its parameters, without what is too long to read.</param>
/// <param name="Shares">By tier, the share of samples that it answered.</param>
/// <param name="Accuracy">The share of right answers.</param>
/// <param name="AccuracyInterval">Its 95 % interval (Clopper–Pearson).</param>
/// <param name="Metrics">The task's metrics by name: <c>accuracy</c>, <c>f1</c>, <c>matthews</c>; the task's own first.</param>
/// <param name="Cost">The mean cost of a sample, all work on the way included.</param>
/// <param name="Reduction">1 − Σ cost / Σ cost of the cloud.</param>
/// <param name="Drop">Accuracy of the cloud − accuracy, on the same samples.</param>
/// <param name="DropInterval">Its 95 % paired interval (stratified by class: a bootstrap of 10,000 draws, or exact below 10 disagreements);
/// 0 to 0 for the cloud, which is measured against itself.</param>
public sealed record PolicyEvaluation(
    string Name,
    JsonElement Parameters,
    IReadOnlyDictionary<string, double> Shares,
    double Accuracy,
    Interval AccuracyInterval,
    IReadOnlyDictionary<string, double> Metrics,
    double Cost,
    double Reduction,
    double Drop,
    Interval DropInterval)
{
    /// <summary>
    /// By exit (its layer, 0 for exit 0), the share of samples that it answered; exits that answered none are left out, and all are where
    /// the evaluation does not say.
    /// </summary>
    public IReadOnlyDictionary<int, double> AnsweredAt { get; init; } = new Dictionary<int, double>();

    /// <summary>Where samples are answered, exit 0 beside the tiers.</summary>
    public IReadOnlyList<AnswerPlace> Places => AnswerPlace.Of(Shares, AnsweredAt);

    /// <summary>
    /// Accuracy of the stacked cloud − accuracy, on the same samples (method section 9); null where there is no stacked cloud.
    /// </summary>
    public double? StackedDrop { get; init; }

    /// <summary>Its 95 % interval, as <see cref="DropInterval"/>; 0 to 0 for the stacked cloud itself.</summary>
    public Interval? StackedDropInterval { get; init; }

    /// <summary>
    /// Whose drop was limited where the plan was made, and against which the drops of its rivals are measured: the last tier's name or
    /// <see cref="PolicyList.StackedCloud"/>; null where the evaluation does not say.
    /// </summary>
    public string? Reference { get; init; }

    /// <summary>
    /// What is saved beyond the best single tier within the same drop on these samples, exit 0 alone and the stacked cloud among them;
    /// null where none is, or the evaluation does not say.
    /// </summary>
    public RivalGain? BeyondSingle { get; init; }

    /// <summary>
    /// What is saved beyond phone → cloud, the cheapest point of its frontier within the same drop on these samples; null where none is,
    /// the row is its own, or the evaluation does not say.
    /// </summary>
    public RivalGain? BeyondPhoneCloud { get; init; }

    /// <summary>Whether <see cref="Reference"/> is the stacked cloud.</summary>
    public bool IsHeldToStackedCloud => Reference == PolicyList.StackedCloud;

    /// <summary>The drop against one of the two references.</summary>
    /// <param name="isStacked">Whether that is the stacked cloud, where the row has it.</param>
    public double DropOf(bool isStacked) => isStacked ? StackedDrop ?? Drop : Drop;

    /// <summary>The interval of that drop.</summary>
    /// <param name="isStacked">Whether the reference is the stacked cloud, where the row has it.</param>
    public Interval DropIntervalOf(bool isStacked) => isStacked ? StackedDropInterval ?? DropInterval : DropInterval;
}
