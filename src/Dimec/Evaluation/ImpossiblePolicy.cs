namespace Dimec.Evaluation;

/// <summary>A policy that has no row in an evaluation.</summary>
/// <param name="Name">The policy's name.</param>
/// <param name="Reason">Why it could not be planned, in a sentence.</param>
public sealed record ImpossiblePolicy(string Name, string Reason);
