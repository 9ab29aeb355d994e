namespace Dimec.Evaluation.Pools;

/// <summary>What one tier's exit gets right of the samples that are routed to a pool.</summary>
/// <param name="Tier">The tier whose exit is read.</param>
/// <param name="Right">How many it gets right.</param>
/// <param name="Accuracy">The share with its 95 % interval (Clopper–Pearson); null where no sample is routed there.</param>
public sealed record PoolAccuracy(string Tier, int Right, Estimate? Accuracy);
