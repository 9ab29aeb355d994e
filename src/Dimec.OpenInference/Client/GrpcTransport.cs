using System.Net;
using System.Net.Sockets;
using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Grpc.Core;
using Grpc.Net.Client;

namespace Dimec.OpenInference.Client;

/// <summary>The protocol over gRPC.</summary>
internal sealed class GrpcTransport : ITransport
{
    private readonly Uri _address;
    private readonly OpenInferenceClientOptions _options;
    /// <summary>How gRPC's library is told, a call, to compress what it sends.</summary>
    private const string EncodingHeader = "grpc-internal-encoding-request";

    private readonly Metadata _headers = [];
    private readonly ConnectionSlot<GRPCInferenceService.GRPCInferenceServiceClient> _connections;

    public GrpcTransport(Uri address, OpenInferenceClientOptions options)
    {
        _address = new UriBuilder(address) { Scheme = address.Scheme == "grpcs" ? Uri.UriSchemeHttps : Uri.UriSchemeHttp }.Uri;
        _options = options;
        foreach (var (name, value) in options.Headers)
            _headers.Add(name, value);

        _connections = new ConnectionSlot<GRPCInferenceService.GRPCInferenceServiceClient>(Connect);
    }

    public async Task<OpenInferenceResult<bool>> LiveAsync(CancellationToken cancellationToken)
        => (await CallAsync((client, call) => client.ServerLiveAsync(new(), call), cancellationToken).ConfigureAwait(false)).Select(
            message => message.Live);

    public async Task<OpenInferenceResult<bool>> ReadyAsync(CancellationToken cancellationToken)
        => (await CallAsync((client, call) => client.ServerReadyAsync(new(), call), cancellationToken).ConfigureAwait(false)).Select(
            message => message.Ready);

    public async Task<OpenInferenceResult<bool>> ModelReadyAsync(string model, string version, CancellationToken cancellationToken)
        => (await CallAsync((client, call) => client.ModelReadyAsync(new() { Name = model, Version = version }, call), cancellationToken)
            .ConfigureAwait(false))
            .Select(message => message.Ready);

    public async Task<OpenInferenceResult<ServerMetadata>> ServerAsync(CancellationToken cancellationToken)
    {
        var result = (await CallAsync((client, call) => client.ServerMetadataAsync(new(), call), cancellationToken).ConfigureAwait(false))
            .Select(message => new ServerMetadata(message.Name, message.Version, message.Extensions));
        if (result.Failure is not { HttpStatus: null } failure
            || failure.Reason is not (OpenInferenceFailureReason.Unreachable or OpenInferenceFailureReason.ProtocolMismatch)
            || await StatusOfHttp1Async(cancellationToken).ConfigureAwait(false) is not { } status)
        {
            return result;
        }

        return OpenInferenceResult<ServerMetadata>.Failed(
            new OpenInferenceFailure(OpenInferenceFailureReason.ProtocolMismatch, "it answers HTTP/1.1, not gRPC") { HttpStatus = status });
    }

    public async Task<OpenInferenceResult<ModelMetadata>> ModelAsync(string model, string version, CancellationToken cancellationToken)
        => (await CallAsync((client, call) => client.ModelMetadataAsync(new() { Name = model, Version = version }, call), cancellationToken)
            .ConfigureAwait(false))
            .Select(GrpcCodec.ToMetadata);

    public async Task<OpenInferenceResult<InferResponse>> InferAsync(InferRequest request, CancellationToken cancellationToken)
        => (await CallAsync(
            (client, call) => client.ModelInferAsync(
                GrpcCodec.ToMessage(request),
                request.IsCompressed ? call.WithHeaders(With(call.Headers!, EncodingHeader, "gzip")) : call),
            cancellationToken).ConfigureAwait(false))
            .Select(GrpcCodec.ToResponse);

    /// <summary>
    /// HTTP/2 keeps all calls on one connection, and a connection whose way is lost (a phone that changed its network) only looks slow.
    /// (Pings would tell, but servers of other makers hang up on who pings often.)
    /// </summary>
    public void Reconnect() => _connections.Reconnect();

    public void Dispose() => _connections.Dispose();

    private Connection<GRPCInferenceService.GRPCInferenceServiceClient> Connect()
    {
        var channel = GrpcChannel.ForAddress(_address, new GrpcChannelOptions
        {
            HttpHandler = _options.CreateHandler?.Invoke() ?? CreateHandler(),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = _options.MaxResponseBytes,
            // A call to a host that is down must say so at once, not wait for the channel's own pause between attempts.
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(100),
            MaxReconnectBackoff = TimeSpan.FromSeconds(1),
        });
        return new Connection<GRPCInferenceService.GRPCInferenceServiceClient>(
            new GRPCInferenceService.GRPCInferenceServiceClient(channel), channel);
    }

    private SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = _options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            // A proxy of the plain web does not pass HTTP/2 on; only what is wrapped in TLS gets through one.
            UseProxy = _address.Scheme == Uri.UriSchemeHttps && !_address.IsLoopback,
        };
        if (_options.Tls is { } tls)
            handler.SslOptions = tls;
        return handler;
    }

    /// <summary>
    /// An HTTP/1 server that is sent HTTP/2 may answer or just hang up, and then looks like one that is down; asked in its own tongue
    /// it shows what it is. (400 is what a server of HTTP/2 alone says to that.)
    /// </summary>
    private async Task<HttpStatusCode?> StatusOfHttp1Async(CancellationToken cancellationToken)
    {
        using var http = new HttpClient(
            new SocketsHttpHandler { ConnectTimeout = _options.ConnectTimeout, AllowAutoRedirect = false, UseProxy = false });
        try
        {
            using var response = await http.GetAsync(_address, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.BadRequest ? null : response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException)
        {
            return null;
        }
    }

    private static Metadata With(Metadata headers, string name, string value)
    {
        var all = new Metadata();
        foreach (var header in headers)
            all.Add(header);
        all.Add(name, value);
        return all;
    }

    private async Task<OpenInferenceResult<T>> CallAsync<T>(
        Func<GRPCInferenceService.GRPCInferenceServiceClient, CallOptions, AsyncUnaryCall<T>> start, CancellationToken cancellationToken)
        where T : class
    {
        var connection = _connections.Enter();
        try
        {
            var headers = _options.Authorization?.Invoke() is { } authorization ? With(_headers, "authorization", authorization) : _headers;
            using var call = start(connection.Client, new CallOptions(headers, cancellationToken: cancellationToken));
            return OpenInferenceResult<T>.Of(await call.ResponseAsync.ConfigureAwait(false));
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException exception)
        {
            return OpenInferenceResult<T>.Failed(GrpcFailures.Of(exception));
        }
        finally
        {
            connection.Leave();
        }
    }
}
