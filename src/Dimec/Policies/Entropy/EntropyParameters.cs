namespace Dimec.Policies.Entropy;

/// <summary>What <see cref="EntropyPolicy"/> is set to.</summary>
/// <param name="Threshold">S, in nats, 0 or more.</param>
internal sealed record EntropyParameters(double Threshold) : PolicyParameters;
