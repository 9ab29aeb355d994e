namespace Dimec.Studies.Sweeps;

/// <summary>What one policy, planned on the selection part for one cost structure, did on the reported part.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="KeepsDrop">Whether its plan keeps the allowed drop on the selection part.
/// A policy with no such plan leaves everything to the cloud; a single tier is shown as it is.</param>
/// <param name="Reduction">1 − Σ cost / Σ cost of the cloud.</param>
/// <param name="Drop">Accuracy of what its plan was held to, the cloud or the stacked cloud, − accuracy, on the same samples.</param>
public readonly record struct SweepCell(string Policy, bool KeepsDrop, double Reduction, double Drop);
