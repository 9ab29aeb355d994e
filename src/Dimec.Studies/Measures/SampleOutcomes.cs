namespace Dimec.Studies.Measures;

/// <summary>
/// What a plan did with every sample of the reported part, in the part's order: enough to resample seeds and samples together.
/// </summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Right">For each sample, whether the answer is the true class.</param>
/// <param name="Costs">For each sample, what it cost, all work on the way included.</param>
public sealed record SampleOutcomes(string Policy, IReadOnlyList<bool> Right, IReadOnlyList<double> Costs);
