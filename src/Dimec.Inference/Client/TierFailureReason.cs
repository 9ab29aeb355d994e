namespace Dimec.Inference;

/// <summary>The ways in which a tier can fail to answer.</summary>
public enum TierFailureReason
{
    /// <summary>The client was given no address of it.</summary>
    NotConfigured,

    /// <summary>Nothing answers at its address, or the connection broke.</summary>
    Unreachable,

    /// <summary>It did not answer before the deadline.</summary>
    TimedOut,

    /// <summary>It answered that it will not: a full queue, an unknown model or version, a request too large.</summary>
    Refused,

    /// <summary>It holds another bundle than the client.</summary>
    BundleMismatch,

    /// <summary>Its answer is not one: no message of the protocol, another shape, a number that is none.</summary>
    InvalidResponse,

    /// <summary>What answers at its address does not speak the protocol.</summary>
    ProtocolMismatch,
}
