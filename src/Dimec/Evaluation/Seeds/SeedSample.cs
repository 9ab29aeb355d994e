namespace Dimec.Evaluation.Seeds;

/// <summary>What one seed's run got right on the reported samples, policy and cloud side by side.</summary>
/// <param name="PolicyRight">For each sample, whether the policy is right.</param>
/// <param name="CloudRight">For each sample, in the same order, whether the cloud is right.</param>
public sealed record SeedSample(IReadOnlyList<bool> PolicyRight, IReadOnlyList<bool> CloudRight);
