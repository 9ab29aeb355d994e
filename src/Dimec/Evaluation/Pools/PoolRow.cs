namespace Dimec.Evaluation.Pools;

/// <summary>A pool: the training samples in it, and the samples of the reported part that are sent to its tier.</summary>
/// <param name="Tier">The tier's name.</param>
/// <param name="Training">The training samples in the pool.</param>
/// <param name="Confidence">Their mean μ; where each tier's own exit judges, over these exits as well.
/// Null where the pool is empty.</param>
/// <param name="Variability">Their mean σ, likewise.</param>
/// <param name="Routed">The samples of the reported part that the router sends to the tier.</param>
/// <param name="Accuracies">What every tier's exit gets right of them, in the order of the tiers.</param>
public sealed record PoolRow(
    string Tier, int Training, double? Confidence, double? Variability, int Routed, IReadOnlyList<PoolAccuracy> Accuracies);
