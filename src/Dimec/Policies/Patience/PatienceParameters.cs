namespace Dimec.Policies.Patience;

/// <summary>What <see cref="PatiencePolicy"/> is set to.</summary>
/// <param name="Patience">How many times in a row two exits must agree, from 1.</param>
/// <param name="Exits">The layers that carry an exit, ascending; the last is the last tier's depth.</param>
internal sealed record PatienceParameters(int Patience, IReadOnlyList<int> Exits) : PolicyParameters;
