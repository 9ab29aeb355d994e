using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dimec.OpenInference.Rest;

namespace Dimec.OpenInference.Client;

/// <summary>The protocol over REST.</summary>
internal sealed class RestTransport : ITransport
{
    private readonly OpenInferenceClientOptions _options;
    private readonly Uri _address;
    private readonly ConnectionSlot<HttpClient> _connections;

    /// <summary>Whether tensors travel as binary data; null: not known yet.</summary>
    private volatile StrongBox<bool>? _binary;
    private readonly bool _asksBinary;

    public RestTransport(Uri address, OpenInferenceClientOptions options)
    {
        _options = options;
        _asksBinary = options.BinaryData == BinaryData.Auto;
        _binary = _asksBinary ? null : new StrongBox<bool>(options.BinaryData == BinaryData.Always);
        _address = new Uri(address.AbsoluteUri.TrimEnd('/') + '/');
        _connections = new ConnectionSlot<HttpClient>(Connect);
    }

    public Task<OpenInferenceResult<bool>> LiveAsync(CancellationToken cancellationToken) =>
        IsAsync("v2/health/live", "live", cancellationToken);

    public Task<OpenInferenceResult<bool>> ReadyAsync(CancellationToken cancellationToken) =>
        IsAsync("v2/health/ready", "ready", cancellationToken);

    public Task<OpenInferenceResult<bool>> ModelReadyAsync(string model, string version, CancellationToken cancellationToken)
        => IsAsync($"{Path(model, version)}/ready", "ready", cancellationToken);

    public async Task<OpenInferenceResult<ServerMetadata>> ServerAsync(CancellationToken cancellationToken)
    {
        var server = (await GetAsync("v2", ProtocolJson.Default.ServerMetadata, cancellationToken).ConfigureAwait(false))
            .Select(ForeignJson.Complete);
        // Whoever asks for it anyway spares the call before the first tensors.
        if (_asksBinary && server.Value is { } said)
            _binary = new StrongBox<bool>(said.Extensions.Contains(RestNames.BinaryExtension));
        return server;
    }

    public async Task<OpenInferenceResult<ModelMetadata>> ModelAsync(string model, string version, CancellationToken cancellationToken)
        => (await GetAsync(Path(model, version), ProtocolJson.Default.ModelMetadata, cancellationToken).ConfigureAwait(false)).Select(
            ForeignJson.Complete);

    public async Task<OpenInferenceResult<InferResponse>> InferAsync(InferRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{Path(request.Model, request.Version)}/infer");
        try
        {
            var binary = await IsBinaryAsync(cancellationToken).ConfigureAwait(false);
            if (!binary.IsSuccess)
                return OpenInferenceResult<InferResponse>.Failed(binary.Failure);
            var (body, headerLength) = RestRequestCodec.Write(request, binary.Value);
            message.Content = new ByteArrayContent(request.IsCompressed ? Compressed(body) : body);
            if (request.IsCompressed)
                message.Content.Headers.ContentEncoding.Add("gzip");
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(binary.Value ? RestNames.Binary : RestNames.Json);
            if (binary.Value)
                message.Headers.Add(RestNames.HeaderLength, headerLength.ToString(CultureInfo.InvariantCulture));
        }
        catch (ProtocolException exception)
        {
            return OpenInferenceResult<InferResponse>.Failed(
                OpenInferenceFailureReason.InvalidArgument, $"it was not asked: {exception.Message}");
        }

        var result = await SendAsync(message, cancellationToken).ConfigureAwait(false);
        return result.Select(answer => RestResponseCodec.Read(answer.Body, answer.HeaderLength));
    }

    /// <summary>
    /// HTTP/1.1 closes a connection whose answer is not waited for; those that wait for the next call may have lost their way as well.
    /// </summary>
    public void Reconnect() => _connections.Reconnect();

    public void Dispose() => _connections.Dispose();

    private static byte[] Compressed(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body);
        return compressed.ToArray();
    }

    private Connection<HttpClient> Connect()
    {
        var http = new HttpClient(_options.CreateHandler?.Invoke() ?? CreateHandler())
        {
            BaseAddress = _address,
            // Deadlines come with each call.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = _options.MaxResponseBytes,
        };
        return new Connection<HttpClient>(http, http);
    }

    private SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = _options.ConnectTimeout,
            AllowAutoRedirect = false,
            UseProxy = !_address.IsLoopback,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (_options.Tls is { } tls)
            handler.SslOptions = tls;
        return handler;
    }

    private static string Path(string model, string version)
        => $"v2/models/{Uri.EscapeDataString(model)}{(version.Length > 0 ? $"/versions/{Uri.EscapeDataString(version)}" : "")}";

    /// <summary>Whether the server knows the binary extension. What says nothing of itself is taken for one that does not.</summary>
    private async Task<OpenInferenceResult<bool>> IsBinaryAsync(CancellationToken cancellationToken)
    {
        if (_binary is { } known)
            return OpenInferenceResult<bool>.Of(known.Value);
        var server = await ServerAsync(cancellationToken).ConfigureAwait(false);
        if (server.Failure is
            {
                Reason: OpenInferenceFailureReason.Unreachable
                or OpenInferenceFailureReason.Unavailable or OpenInferenceFailureReason.DeadlineExceeded
            } failure)
        {
            return OpenInferenceResult<bool>.Failed(failure);
        }

        var binary = _binary ??= new StrongBox<bool>(false);
        return OpenInferenceResult<bool>.Of(binary.Value);
    }

    /// <summary>
    /// Servers differ: a status alone, or the protocol's keys; "no" is 503, and 400 without a word in Triton.
    /// </summary>
    private async Task<OpenInferenceResult<bool>> IsAsync(string path, string key, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, path);
        var result = await SendAsync(message, cancellationToken).ConfigureAwait(false);
        return result.Failure is { HttpStatus: HttpStatusCode.ServiceUnavailable }
            or { HttpStatus: HttpStatusCode.BadRequest, ServerMessage: null }
            ? OpenInferenceResult<bool>.Of(false)
            : result.Select(answer => !ForeignJson.SaysFalse(answer.Body, key));
    }

    private async Task<OpenInferenceResult<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, path);
        var result = await SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (result.Value is { MediaType: { } media } other && !media.Contains("json", StringComparison.OrdinalIgnoreCase)
            && Parse(other.Body, type) is null)
        {
            return OpenInferenceResult<T>.Failed(
                new OpenInferenceFailure(OpenInferenceFailureReason.ProtocolMismatch, "it answered with something else than JSON")
                {
                    HttpStatus = HttpStatusCode.OK,
                });
        }

        return result.Select(answer => Parse(answer.Body, type) ?? throw new ProtocolException("it is not the protocol's JSON"));
    }

    private async Task<OpenInferenceResult<Answer>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in _options.Headers)
            message.Headers.Add(name, value);
        if (_options.Authorization?.Invoke() is { } authorization)
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        var connection = _connections.Enter();
        try
        {
            using var response = await connection.Client.SendAsync(message, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK
                ? Accepted(response, body)
                : OpenInferenceResult<Answer>.Failed(
                    RestFailures.Of(response.StatusCode, Parse(body, ProtocolJson.Default.ErrorBody)?.Error, response.Headers));
        }
        catch (HttpRequestException exception)
        {
            return OpenInferenceResult<Answer>.Failed(RestFailures.Of(exception));
        }
        catch (SocketException exception)
        {
            // A peer that hangs up at once: the library asks the socket for the other end's address, and lets what that throws through.
            return OpenInferenceResult<Answer>.Failed(OpenInferenceFailureReason.Unreachable, exception.Message);
        }
        finally
        {
            connection.Leave();
        }
    }

    private static OpenInferenceResult<Answer> Accepted(HttpResponseMessage response, byte[] body)
    {
        var media = response.Content.Headers.ContentType?.MediaType;
        if (!response.Headers.TryGetValues(RestNames.HeaderLength, out var values))
            return OpenInferenceResult<Answer>.Of(new Answer(body, body.Length, media));
        return int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= body.Length
            ? OpenInferenceResult<Answer>.Of(new Answer(body, length, media))
            : OpenInferenceResult<Answer>.Failed(
                OpenInferenceFailureReason.InvalidResponse, $"its {RestNames.HeaderLength} is not within its answer");
    }

    private static T? Parse<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(JsonBytes.WithoutMark(body), type);
        }
        catch (Exception none) when (ForeignJson.IsNoJson(none))
        {
            return null;
        }
    }

    private sealed record Answer(byte[] Body, int HeaderLength, string? MediaType);
}
