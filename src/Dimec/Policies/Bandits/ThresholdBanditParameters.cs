namespace Dimec.Policies.Bandits;

/// <summary>What <see cref="ThresholdBanditFitter"/> plays with.</summary>
/// <param name="RewardWeight">μ_c of the reward.</param>
/// <param name="Seed">Decides the order in which the samples come.</param>
internal sealed record ThresholdBanditParameters(double RewardWeight, int Seed) : PolicyParameters;
