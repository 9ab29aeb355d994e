namespace Dimec.Fuzzing;

/// <summary>An input at which a parser broke a promise.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Index">The input's number, which with the seed gives it again.</param>
/// <param name="Input">The input.</param>
/// <param name="Reason">What happened.</param>
public sealed record FuzzFailure(string Target, long Index, byte[] Input, string Reason);
