using System.Globalization;
using Dimec.OpenInference;
using Grpc.Core;

namespace Dimec.Serving.Grpc;

/// <summary>What a failure is called in gRPC.</summary>
internal static class GrpcStatuses
{
    /// <summary>The trailer that says how many milliseconds a client is to wait before it tries again.</summary>
    private const string PushbackTrailer = "grpc-retry-pushback-ms";

    /// <summary>A failure as the framework sends it; with the time after which to come back, as gRPC's clients know it (gRFC A6).</summary>
    public static RpcException Exception(ProtocolException exception) => new(
        new Status(CodeOf(exception.Status), exception.Message),
        exception.RetryAfter is not { } wait ? [] : new Metadata
        {
            { PushbackTrailer, Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) },
        });

    private static StatusCode CodeOf(ProtocolStatus status) => status switch
    {
        ProtocolStatus.Invalid => StatusCode.InvalidArgument,
        ProtocolStatus.UnsupportedMedia => StatusCode.InvalidArgument,
        ProtocolStatus.Unsupported => StatusCode.Unimplemented,
        ProtocolStatus.FailedPrecondition => StatusCode.FailedPrecondition,
        ProtocolStatus.Unauthenticated => StatusCode.Unauthenticated,
        ProtocolStatus.PermissionDenied => StatusCode.PermissionDenied,
        ProtocolStatus.NotFound => StatusCode.NotFound,
        ProtocolStatus.Full => StatusCode.ResourceExhausted,
        ProtocolStatus.Unavailable => StatusCode.Unavailable,
        ProtocolStatus.DeadlineExceeded or ProtocolStatus.TooSlow => StatusCode.DeadlineExceeded,
        _ => StatusCode.Internal,
    };
}
