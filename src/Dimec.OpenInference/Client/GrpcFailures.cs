using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;

namespace Dimec.OpenInference.Client;

/// <summary>What a failed call of gRPC is called here, and what is to be said of it.</summary>
internal static class GrpcFailures
{
    // Error codes of RFC 9113, section 7.
    private const long Http2NoError = 0;
    private const long Http2InternalError = 2;
    private const long Http2RefusedStream = 7;
    private const long Http2Cancel = 8;

    /// <summary>How the library begins what it says of an answer that is no gRPC.</summary>
    private const string NotGrpc = "Bad gRPC response.";

    /// <summary>And where the status of HTTP alone says that.</summary>
    private const string NotGrpcStatus = "Bad gRPC response. HTTP status code: ";

    /// <summary>How a server says when to come back, of gRPC's proposal A6.</summary>
    private const string PushbackTrailer = "grpc-retry-pushback-ms";

    /// <summary>
    /// How it begins what it says of a message that is larger than it was told to take; a server's own words for that are the server's.
    /// </summary>
    private const string TooLarge = "Received message exceeds the maximum configured message size.";

    public static OpenInferenceFailure Of(RpcException exception)
    {
        var (status, cause) = (exception.Status, exception.Status.DebugException);
        return new OpenInferenceFailure(ReasonOf(status, cause), cause is null ? status.Detail : ProblemOf(cause))
        {
            ServerMessage = cause is null && !status.Detail.StartsWith(NotGrpc, StringComparison.Ordinal) ? status.Detail : null,
            GrpcStatus = exception.StatusCode,
            HttpStatus = cause is null ? HttpStatusOf(status.Detail) : null,
            RetryAfter = PushbackOf(exception.Trailers),
        };
    }

    private static HttpStatusCode? HttpStatusOf(string detail)
    {
        if (!detail.StartsWith(NotGrpc, StringComparison.Ordinal))
            return null;
        return detail.StartsWith(NotGrpcStatus, StringComparison.Ordinal)
            && int.TryParse(detail.AsSpan(NotGrpcStatus.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? (HttpStatusCode)status
            : HttpStatusCode.OK;
    }

    /// <summary>Less than 0 says that the call is not to be made again.</summary>
    private static TimeSpan? PushbackOf(Metadata trailers)
    {
        if (trailers.GetValue(PushbackTrailer) is not { } said
            || !int.TryParse(said, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return null;
        }

        return milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds);
    }

    private static OpenInferenceFailureReason ReasonOf(Status status, Exception? cause) => status.StatusCode switch
    {
        _ when cause is InvalidProtocolBufferException => OpenInferenceFailureReason.InvalidResponse,
        StatusCode.ResourceExhausted when status.Detail.StartsWith(TooLarge, StringComparison.Ordinal) =>
            OpenInferenceFailureReason.InvalidResponse,
        // The library's own word for a host that is down, a connection that broke, and a peer that does not speak HTTP/2.
        StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown when cause is not null
            => IsConnection(cause) ? OpenInferenceFailureReason.Unreachable : OpenInferenceFailureReason.ProtocolMismatch,
        // Nobody cancelled: the handler gave up.
        StatusCode.Cancelled when cause is not null => OpenInferenceFailureReason.Unreachable,
        StatusCode.Unimplemented or StatusCode.Unknown or StatusCode.Cancelled when status.Detail.StartsWith(
            NotGrpc, StringComparison.Ordinal)
            => OpenInferenceFailureReason.ProtocolMismatch,
        StatusCode.InvalidArgument or StatusCode.OutOfRange => OpenInferenceFailureReason.InvalidArgument,
        StatusCode.FailedPrecondition => OpenInferenceFailureReason.FailedPrecondition,
        StatusCode.NotFound => OpenInferenceFailureReason.NotFound,
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => OpenInferenceFailureReason.Unauthorized,
        StatusCode.ResourceExhausted => OpenInferenceFailureReason.Overloaded,
        StatusCode.Unavailable => OpenInferenceFailureReason.Unavailable,
        StatusCode.DeadlineExceeded => OpenInferenceFailureReason.DeadlineExceeded,
        StatusCode.Unimplemented => OpenInferenceFailureReason.Unsupported,
        _ => OpenInferenceFailureReason.ServerError,
    };

    /// <summary>What the innermost cause is: "Connection refused" says more than "Error starting gRPC call".</summary>
    private static string ProblemOf(Exception cause)
    {
        if (TlsAlerts.ProblemOf(cause) is { } alert)
            return alert;
        var innermost = Chain(cause)[^1];
        return innermost is HttpProtocolException or HttpRequestException && !IsConnection(cause)
            ? "it does not answer in HTTP/2, as gRPC does"
            : innermost.Message;
    }

    private static List<Exception> Chain(Exception cause)
    {
        var chain = new List<Exception>();
        for (var inner = cause; inner is not null; inner = inner.InnerException)
            chain.Add(inner);
        return chain;
    }

    private static bool IsConnection(Exception cause)
    {
        var chain = Chain(cause);
        // A stream that the peer reset: it speaks HTTP/2 and broke off.
        if (chain.Exists(inner =>
            inner is HttpProtocolException { ErrorCode: Http2NoError or Http2InternalError or Http2RefusedStream or Http2Cancel }))
        {
            return true;
        }

        if (chain.Exists(inner => inner is HttpRequestException
            {
                HttpRequestError: HttpRequestError.VersionNegotiationError
                or HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse
            }))
        {
            return false;
        }

        return chain.Exists(inner => inner is SocketException or IOException or HttpRequestException);
    }
}
