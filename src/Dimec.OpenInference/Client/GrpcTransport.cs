using System.Net;
using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Grpc.Core;

namespace Dimec.OpenInference.Client;

/// <summary>The protocol over gRPC.</summary>
internal sealed class GrpcTransport : ITransport
{
    private readonly Uri _address;
    private readonly OpenInferenceClientOptions _options;
    /// <summary>How gRPC's library is told, a call, to compress what it sends.</summary>
    private const string EncodingHeader = "grpc-internal-encoding-request";

    private readonly Metadata _headers = [];
    private readonly Metadata _compressed = new() { { EncodingHeader, "gzip" } };
    private GrpcConnection _connection;

    public GrpcTransport(Uri address, OpenInferenceClientOptions options)
    {
        _address = new UriBuilder(address) { Scheme = address.Scheme == "grpcs" ? Uri.UriSchemeHttps : Uri.UriSchemeHttp }.Uri;
        _options = options;
        foreach (var (name, value) in options.Headers)
        {
            _headers.Add(name, value);
            _compressed.Add(name, value);
        }

        _connection = new GrpcConnection(_address, options);
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
        return result.Failure is { Reason: OpenInferenceFailureReason.Unreachable }
            && await AnswersHttp1Async(cancellationToken).ConfigureAwait(false)
            ? OpenInferenceResult<ServerMetadata>.Failed(OpenInferenceFailureReason.ProtocolMismatch, "it answers HTTP/1.1, not gRPC")
            : result;
    }

    public async Task<OpenInferenceResult<ModelMetadata>> ModelAsync(string model, string version, CancellationToken cancellationToken)
        => (await CallAsync((client, call) => client.ModelMetadataAsync(new() { Name = model, Version = version }, call), cancellationToken)
            .ConfigureAwait(false))
            .Select(GrpcCodec.ToMetadata);

    public async Task<OpenInferenceResult<InferResponse>> InferAsync(InferRequest request, CancellationToken cancellationToken)
        => (await CallAsync(
            (client, call) => client.ModelInferAsync(
                GrpcCodec.ToMessage(request), request.IsCompressed ? call.WithHeaders(_compressed) : call),
            cancellationToken).ConfigureAwait(false))
            .Select(GrpcCodec.ToResponse);

    /// <summary>
    /// HTTP/2 keeps all calls on one connection, and a connection whose way is lost (a phone that changed its network) only looks slow.
    /// (Pings would tell, but servers of other makers hang up on who pings often.)
    /// </summary>
    public void Reconnect() => Interlocked.Exchange(ref _connection, new GrpcConnection(_address, _options)).Dispose();

    public void Dispose() => _connection.Dispose();

    /// <summary>
    /// An HTTP/1 server that is sent HTTP/2 may answer or just hang up, and then looks like one that is down; asked in its own tongue
    /// it shows what it is. (400 is what a server of HTTP/2 alone says to that.)
    /// </summary>
    private async Task<bool> AnswersHttp1Async(CancellationToken cancellationToken)
    {
        using var http = new HttpClient(
            new SocketsHttpHandler { ConnectTimeout = _options.ConnectTimeout, AllowAutoRedirect = false, UseProxy = false });
        try
        {
            using var response = await http.GetAsync(_address, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            return response.StatusCode != HttpStatusCode.BadRequest;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<OpenInferenceResult<T>> CallAsync<T>(
        Func<GRPCInferenceService.GRPCInferenceServiceClient, CallOptions, AsyncUnaryCall<T>> start, CancellationToken cancellationToken)
        where T : class
    {
        var connection = Enter();
        try
        {
            using var call = start(connection.Client, new CallOptions(_headers, cancellationToken: cancellationToken));
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
}
