using System.Text.Json;

namespace Dimec.Planning.Candidates;

/// <summary>A point of a family's sweep: what one candidate did on the selection part.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Parameters">The candidate's parameters.</param>
/// <param name="Outcome">What it did.</param>
public sealed record FrontierPoint(string Policy, JsonElement Parameters, ExpectedOutcome Outcome);
