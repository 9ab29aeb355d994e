namespace Dimec.Policies.Fitting;

/// <summary>A candidate of a fit.</summary>
/// <param name="Parameters">What the policy is set to.</param>
/// <param name="Outcome">What it does on the selection part, where the search has worked that out; it is what running it gives.</param>
public sealed record FittedCandidate(PolicyParameters Parameters, FittedOutcome? Outcome = null);
