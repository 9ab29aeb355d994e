namespace Dimec.Costs.Measured;

/// <summary>What can be sent to a tier of a sample.</summary>
public enum PayloadKind
{
    /// <summary>The text itself, which the tier makes tokens of.</summary>
    Text,

    /// <summary>Token ids with their mask, as a client of Dimec sends them.</summary>
    Ids,

    /// <summary>Hidden states, 4 bytes a number.</summary>
    Fp32,

    /// <summary>Hidden states, 2 bytes a number.</summary>
    Fp16,

    /// <summary>Hidden states, 1 byte a number and a scale a token.</summary>
    Int8,
}
