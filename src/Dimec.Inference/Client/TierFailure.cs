namespace Dimec.Inference;

/// <summary>Why a tier did not answer.</summary>
/// <param name="Tier">The tier's name.</param>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Sentence">One clear sentence, with the tier's name and address.</param>
public sealed record TierFailure(string Tier, TierFailureReason Reason, string Sentence);
