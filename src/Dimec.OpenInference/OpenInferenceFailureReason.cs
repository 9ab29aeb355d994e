namespace Dimec.OpenInference;

/// <summary>The ways in which a call can fail, told apart by what a caller can do about them.</summary>
public enum OpenInferenceFailureReason
{
    /// <summary>Nothing answers at the address, the connection broke, or its certificate is not trusted.</summary>
    Unreachable,

    /// <summary>
    /// There was no answer in time: by this client's clock, or by the server's (HTTP 408 and 504, gRPC DEADLINE_EXCEEDED).
    /// </summary>
    DeadlineExceeded,

    /// <summary>
    /// The server is not ready, or stopping; or what stands before it does not reach it (HTTP 502 and 503, gRPC UNAVAILABLE).
    /// </summary>
    Unavailable,

    /// <summary>The server has too much to do (HTTP 429, gRPC RESOURCE_EXHAUSTED): try again later, or elsewhere.</summary>
    Overloaded,

    /// <summary>
    /// The request does not fit the model, or cannot be sent this way (the other statuses of HTTP 4xx,
    /// gRPC INVALID_ARGUMENT and OUT_OF_RANGE).
    /// </summary>
    InvalidArgument,

    /// <summary>The request is well formed and the server holds something else than it was made for (gRPC FAILED_PRECONDITION).</summary>
    FailedPrecondition,

    /// <summary>No such model, version or address (HTTP 404, gRPC NOT_FOUND).</summary>
    NotFound,

    /// <summary>
    /// The server wants to know who asks, or will not answer this one (HTTP 401 and 403, gRPC UNAUTHENTICATED and PERMISSION_DENIED).
    /// </summary>
    Unauthorized,

    /// <summary>The server does not do this (HTTP 501, gRPC UNIMPLEMENTED).</summary>
    Unsupported,

    /// <summary>The server failed (the other statuses of HTTP 5xx, gRPC INTERNAL, UNKNOWN and the rest).</summary>
    ServerError,

    /// <summary>What answers at the address does not speak the protocol, or not over this transport.</summary>
    ProtocolMismatch,

    /// <summary>The answer cannot be used: it is cut off, larger than the limit, or no message of the protocol.</summary>
    InvalidResponse,
}
