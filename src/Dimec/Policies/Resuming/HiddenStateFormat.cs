namespace Dimec.Policies.Resuming;

/// <summary>In what numbers hidden states travel from tier to tier.</summary>
public enum HiddenStateFormat
{
    /// <summary>As they are: 4 bytes a number.</summary>
    Fp32,

    /// <summary>Half precision: 2 bytes a number.</summary>
    Fp16,

    /// <summary>Whole numbers of 8 bits with a scale a token: 1 byte a number and 4 a token.</summary>
    Int8,
}
