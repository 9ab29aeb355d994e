using System.Net;
using System.Net.Sockets;
using Dimec.OpenInference;
using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Grpc.Core;

namespace Dimec.Inference.Client;

/// <summary>The protocol over gRPC.</summary>
internal sealed class GrpcTransport : ITierTransport
{
    // Error codes of RFC 9113, section 7.
    private const long Http2NoError = 0;
    private const long Http2InternalError = 2;
    private const long Http2RefusedStream = 7;
    private const long Http2Cancel = 8;

    private readonly Uri _address;
    private readonly TimeSpan _connectTimeout;
    private GrpcConnection _connection;

    public GrpcTransport(Uri url, TimeSpan connectTimeout)
    {
        _address = new UriBuilder(url) { Scheme = url.Scheme == "grpcs" ? Uri.UriSchemeHttps : Uri.UriSchemeHttp }.Uri;
        _connectTimeout = connectTimeout;
        _connection = new GrpcConnection(_address, connectTimeout);
    }

    public async Task<TransportResult<ServerMetadata>> ServerAsync(CancellationToken cancellation)
    {
        var result = (await CallAsync(client => client.ServerMetadataAsync(new(), cancellationToken: cancellation), cancellation).ConfigureAwait(false))
            .Select(message => new ServerMetadata(message.Name, message.Version, message.Extensions));
        return result is { Value: null, Reason: TierFailureReason.Unreachable } && await AnswersHttp1Async(cancellation).ConfigureAwait(false)
            ? TransportResult<ServerMetadata>.Failed(TierFailureReason.Nonsense, "it answers HTTP/1.1, not gRPC")
            : result;
    }

    public async Task<TransportResult<ModelMetadata>> ModelAsync(string model, string version, CancellationToken cancellation)
        => (await CallAsync(client => client.ModelMetadataAsync(new() { Name = model, Version = version }, cancellationToken: cancellation), cancellation).ConfigureAwait(false))
            .Select(GrpcCodec.ToMetadata);

    public async Task<TransportResult<InferResponse>> InferAsync(InferRequest request, CancellationToken cancellation)
        => (await CallAsync(client => client.ModelInferAsync(GrpcCodec.ToMessage(request), cancellationToken: cancellation), cancellation).ConfigureAwait(false))
            .Select(GrpcCodec.ToResponse);

    /// <summary>
    /// HTTP/2 keeps all calls on one connection, and a connection whose way is lost (a phone that changed its network) only looks slow. (Pings
    /// would tell, but servers of other makers hang up on who pings often.)
    /// </summary>
    public void Reconnect() => Interlocked.Exchange(ref _connection, new GrpcConnection(_address, _connectTimeout)).Dispose();

    public void Dispose() => _connection.Dispose();

    /// <summary>
    /// An HTTP/1 server that is sent HTTP/2 may answer or just hang up, and then looks like a tier that is down; asked in its own tongue
    /// it shows what it is. (400 is what a server of HTTP/2 alone says to that.)
    /// </summary>
    private async Task<bool> AnswersHttp1Async(CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = _connectTimeout, AllowAutoRedirect = false, UseProxy = false });
        try
        {
            using var response = await http.GetAsync(_address, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            return response.StatusCode != HttpStatusCode.BadRequest;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<TransportResult<T>> CallAsync<T>(Func<GRPCInferenceService.GRPCInferenceServiceClient, AsyncUnaryCall<T>> start, CancellationToken cancellation)
        where T : class
    {
        var connection = Enter();
        try
        {
            using var call = start(connection.Client);
            return TransportResult<T>.Of(await call.ResponseAsync.ConfigureAwait(false));
        }
        catch (RpcException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (RpcException exception)
        {
            return TransportResult<T>.Failed(ReasonOf(exception), ProblemOf(exception));
        }
        finally
        {
            connection.Leave();
        }
    }

    private GrpcConnection Enter()
    {
        while (true)
        {
            var connection = Volatile.Read(ref _connection);
            if (connection.TryEnter())
                return connection;
            ObjectDisposedException.ThrowIf(ReferenceEquals(connection, Volatile.Read(ref _connection)), this);
        }
    }

    private static TierFailureReason ReasonOf(RpcException exception) => exception.StatusCode switch
    {
        StatusCode.FailedPrecondition => TierFailureReason.OtherBundle,
        StatusCode.DeadlineExceeded => TierFailureReason.TimedOut,
        // The library's own word for a host that is down, a connection that broke, and a peer that does not speak HTTP/2.
        StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown when exception.Status.DebugException is { } cause
            => IsConnection(cause) ? TierFailureReason.Unreachable : TierFailureReason.Nonsense,
        StatusCode.Unavailable => TierFailureReason.Unreachable,
        // Only a gRPC server sends a status; anything else that answers is turned into one of these by the library.
        StatusCode.Unimplemented or StatusCode.Unknown => TierFailureReason.Nonsense,
        _ => TierFailureReason.Refused,
    };

    /// <summary>What the server said or, where the library failed to reach one, what the innermost cause is: "Connection refused" says more than "Error starting gRPC call".</summary>
    private static string ProblemOf(RpcException exception)
    {
        if (exception.Status.DebugException is not { } cause)
            return exception.Status.Detail;
        var innermost = Chain(cause)[^1];
        return innermost is HttpProtocolException or HttpRequestException && !IsConnection(cause) ? "it does not answer in HTTP/2, as gRPC does" : innermost.Message;
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
        if (chain.Exists(inner => inner is HttpProtocolException { ErrorCode: Http2NoError or Http2InternalError or Http2RefusedStream or Http2Cancel }))
            return true;
        if (chain.Exists(inner => inner is HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError or HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse }))
            return false;
        return chain.Exists(inner => inner is SocketException or IOException or HttpRequestException);
    }
}
