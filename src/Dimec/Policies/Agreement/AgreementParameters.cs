namespace Dimec.Policies.Agreement;

/// <summary>What <see cref="AgreementPolicy"/> is set to.</summary>
/// <param name="Share">The share of a tier's exits that must agree, above 0 and at most 1.</param>
/// <param name="First">The name of the tier to begin with.</param>
/// <param name="Exits">The layers that carry an exit, ascending; the last is the last tier's depth.</param>
internal sealed record AgreementParameters(double Share, string First, IReadOnlyList<int> Exits) : PolicyParameters;
