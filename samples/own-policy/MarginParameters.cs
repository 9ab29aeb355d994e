using Dimec.Policies;

namespace OwnPolicy;

/// <summary>What <see cref="MarginPolicy"/> is set to. It asks for nothing but the exits' logits, so it declares no needs.</summary>
/// <param name="Threshold">The least margin, 0 … 1.</param>
public sealed record MarginParameters(double Threshold) : PolicyParameters;
