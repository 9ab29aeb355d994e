namespace Dimec.Fuzzing;

/// <summary>What a parser made of an input.</summary>
public enum Verdict
{
    /// <summary>Refused before its own rules: no JSON, no message, no container.</summary>
    Malformed,

    /// <summary>Refused by the parser's own rules.</summary>
    Refused,

    /// <summary>Taken.</summary>
    Accepted,
}
