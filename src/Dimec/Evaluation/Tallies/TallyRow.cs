namespace Dimec.Evaluation.Tallies;

/// <summary>What a published policy comes to in its own tally, the mean over several orders of the samples.</summary>
/// <param name="Policy">The published policy's name.</param>
/// <param name="Offload">o, in units of confidence.</param>
/// <param name="Threshold">The confidence from which on a sample is not offloaded, chosen on the selection part by the mean reward.</param>
/// <param name="Accuracy">The share of right answers.</param>
/// <param name="Drop">The last exit's accuracy less that.</param>
/// <param name="Cost">The mean cost of a sample in the tally, in units of confidence.</param>
/// <param name="Reduction">1 − cost / (λ · L): against the last exit for every sample, whose λ · L the tally charges in full.</param>
public sealed record TallyRow(string Policy, double Offload, double Threshold, double Accuracy, double Drop, double Cost, double Reduction);
