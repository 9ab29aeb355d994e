using System.Text.Json;
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
    /// Accuracy of the stacked cloud − accuracy, on the same samples (method section 9); null where there is no stacked cloud.
    /// </summary>
    public double? StackedDrop { get; init; }

    /// <summary>Its 95 % interval, as <see cref="DropInterval"/>; 0 to 0 for the stacked cloud itself.</summary>
    public Interval? StackedDropInterval { get; init; }
}
