using Dimec.OpenInference;
using Grpc.Core;

namespace Dimec.Serving.Grpc;

/// <summary>What a failure is called in gRPC.</summary>
internal static class GrpcStatuses
{
    public static RpcException Exception(ProtocolException exception) => Exception(exception.Status, exception.Message);

    public static RpcException Exception(ProtocolStatus status, string error) =>
        new(new Status(CodeOf(status), ErrorSentence.Shorten(error)));

    private static StatusCode CodeOf(ProtocolStatus status) => status switch
    {
        ProtocolStatus.Invalid => StatusCode.InvalidArgument,
        ProtocolStatus.Unsupported => StatusCode.InvalidArgument,
        ProtocolStatus.FailedPrecondition => StatusCode.FailedPrecondition,
        ProtocolStatus.NotFound => StatusCode.NotFound,
        ProtocolStatus.Full => StatusCode.ResourceExhausted,
        ProtocolStatus.Unavailable => StatusCode.Unavailable,
        ProtocolStatus.DeadlineExceeded or ProtocolStatus.TooSlow => StatusCode.DeadlineExceeded,
        _ => StatusCode.Internal,
    };
}
