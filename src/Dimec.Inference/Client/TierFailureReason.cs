namespace Dimec.Inference;

/// <summary>The ways in which a tier can fail to answer.</summary>
public enum TierFailureReason
{
    /// <summary>The client was given no address of it.</summary>
    NotConfigured,

    /// <summary>The text is to stay on this machine (<see cref="TextInput.IsLocalOnly"/>).</summary>
    NotAllowed,

    /// <summary>Nothing answers at its address, or the connection broke.</summary>
    Unreachable,

    /// <summary>It did not answer before the deadline.</summary>
    TimedOut,

    /// <summary>It answered that it will not: a full queue, an unknown model or version, a request too large.</summary>
    Refused,

    /// <summary>
    /// It does not answer this client: for want of an API key or a certificate, or since it does not take the one that it got.
    /// </summary>
    NotAuthorized,

    /// <summary>It holds another bundle than the client.</summary>
    BundleMismatch,

    /// <summary>Its answer is not one: no message of the protocol, another shape, a number that is none.</summary>
    InvalidResponse,

    /// <summary>What answers at its address does not speak the protocol.</summary>
    ProtocolMismatch,
}
