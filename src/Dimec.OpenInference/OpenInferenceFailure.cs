using System.Net;
using Grpc.Core;

namespace Dimec.OpenInference;

/// <summary>Why a call has no answer.</summary>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Message">
/// What happened, as the end of a sentence that names the server, without a full stop: "it answered with HTTP status 500"; what the server
/// said, where it said something.
/// </param>
public sealed record OpenInferenceFailure(OpenInferenceFailureReason Reason, string Message)
{
    /// <summary>What the server said in the protocol's own form; null: it said nothing, or was not reached.</summary>
    public string? ServerMessage { get; init; }

    /// <summary>The status of HTTP; null: there was none, or the transport is gRPC and the answer was one of it.</summary>
    public HttpStatusCode? HttpStatus { get; init; }

    /// <summary>The status of gRPC; null: there was none, or the transport is REST.</summary>
    public StatusCode? GrpcStatus { get; init; }

    /// <summary>
    /// When the server wants to be asked again (HTTP Retry-After, gRPC's trailer <c>grpc-retry-pushback-ms</c>), from now;
    /// <see cref="Timeout.InfiniteTimeSpan"/>: not at all; null: it does not say.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }
}
