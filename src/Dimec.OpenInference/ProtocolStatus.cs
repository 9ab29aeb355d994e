namespace Dimec.OpenInference;

/// <summary>The ways in which a request can fail, as both transports know them (HTTP status, gRPC code).</summary>
public enum ProtocolStatus
{
    /// <summary>The request is malformed or does not fit the model: 400, INVALID_ARGUMENT.</summary>
    Invalid,

    /// <summary>The request is well formed and this server holds something else than it was made for: 400, FAILED_PRECONDITION.</summary>
    FailedPrecondition,

    /// <summary>The body is in a form that is not taken: 415, INVALID_ARGUMENT.</summary>
    UnsupportedMedia,

    /// <summary>The request is well formed and asks for what this server does not do: 501, UNIMPLEMENTED.</summary>
    Unsupported,

    /// <summary>The body took too long to arrive: 408, DEADLINE_EXCEEDED.</summary>
    TooSlow,

    /// <summary>The server wants to know who asks: 401, UNAUTHENTICATED.</summary>
    Unauthenticated,

    /// <summary>Who asks may not do this: 403, PERMISSION_DENIED.</summary>
    PermissionDenied,

    /// <summary>No such model, version or address: 404, NOT_FOUND.</summary>
    NotFound,

    /// <summary>The queue, or the room for bodies, is full: 429, RESOURCE_EXHAUSTED.</summary>
    Full,

    /// <summary>The server failed: 500, INTERNAL.</summary>
    Internal,

    /// <summary>Not ready yet, or stopping: 503, UNAVAILABLE.</summary>
    Unavailable,

    /// <summary>The caller's deadline has passed: 504, DEADLINE_EXCEEDED.</summary>
    DeadlineExceeded,
}
