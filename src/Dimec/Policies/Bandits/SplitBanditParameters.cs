namespace Dimec.Policies.Bandits;

/// <summary>What <see cref="SplitBanditFitter"/> plays with.</summary>
/// <param name="Threshold">The confidence from which on a sample stays at the arm's layer.</param>
/// <param name="RewardWeight">μ_c of the reward.</param>
/// <param name="Seed">Decides the order in which the samples come.</param>
internal sealed record SplitBanditParameters(double Threshold, double RewardWeight, int Seed) : PolicyParameters;
