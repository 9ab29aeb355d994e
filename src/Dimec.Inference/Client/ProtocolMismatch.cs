namespace Dimec.Inference.Client;

/// <summary>
/// What gives away that what answers at an address is no tier as the address says: a wrong address, not a tier that is down.
/// </summary>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Fix">What to do about it, as an imperative.</param>
internal sealed record ProtocolMismatch(string Problem, string Fix);
