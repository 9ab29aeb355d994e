namespace Dimec.Studies.Measures;

/// <summary>A point of a policy's sweep, chosen on the selection part and read on the reported one.</summary>
/// <param name="Cost">The mean cost of a sample.</param>
/// <param name="Reduction">1 − Σ cost / Σ cost of the cloud.</param>
/// <param name="Accuracy">The share of right answers.</param>
/// <param name="Drop">Accuracy of the cloud − accuracy, on the same samples.</param>
/// <param name="PassedOn">The share of samples that another tier than the first answered.</param>
public sealed record MeasuredPoint(double Cost, double Reduction, double Accuracy, double Drop, double PassedOn);
