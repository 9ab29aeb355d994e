namespace Dimec.Policies.Cascade;

/// <summary>What <see cref="CascadePolicy"/> is set to.</summary>
/// <param name="Thresholds">One for each tier but the last, shallowest first.</param>
internal sealed record CascadeParameters(IReadOnlyList<double> Thresholds) : PolicyParameters;
