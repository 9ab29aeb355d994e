using Dimec.Statistics;

namespace Dimec.Evaluation.CrossFitting;

/// <summary>What a policy did when it was planned on one half of a part and read on the other, over all halvings.</summary>
/// <param name="Name">The policy's name.</param>
/// <param name="Accuracy">The mean accuracy.</param>
/// <param name="Cost">The mean cost of a sample.</param>
/// <param name="Reduction">1 − Σ cost / Σ cost of the cloud.</param>
/// <param name="Drop">Accuracy of the cloud − accuracy, on the same samples.</param>
/// <param name="DropInterval">Its 95 % interval: samples resampled within their class, each with its mean over the halvings.</param>
/// <param name="Planned">The share of plans that met the allowed drop on their half; where none did, the cloud answered.</param>
public sealed record CrossFitRow(
    string Name, double Accuracy, double Cost, double Reduction, double Drop, Interval DropInterval, double Planned)
{
    /// <summary>Accuracy of the stacked cloud, planned and read as the policy is, − accuracy; null where exit 0 was not recorded.</summary>
    public double? StackedDrop { get; init; }

    /// <summary>Its 95 % interval; 0 to 0 for the stacked cloud itself.</summary>
    public Interval? StackedDropInterval { get; init; }
}
