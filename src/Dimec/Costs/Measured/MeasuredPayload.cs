namespace Dimec.Costs.Measured;

/// <summary>What it takes to bring something to a tier and to hear from it, no layer run: the same message as one that is run.</summary>
/// <param name="Kind">What was sent.</param>
/// <param name="Tokens">Tokens a sample.</param>
/// <param name="Rows">Samples in the message.</param>
/// <param name="Ms">Milliseconds from the call to the answer; null where it was not timed, and the message alone is known.</param>
/// <param name="Sent">Bytes to the tier.</param>
public readonly record struct MeasuredPayload(PayloadKind Kind, int Tokens, int Rows, MeasuredValue? Ms, long Sent);
