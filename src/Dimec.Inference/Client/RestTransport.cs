using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dimec.OpenInference;
using Dimec.OpenInference.Rest;

namespace Dimec.Inference.Client;

/// <summary>The protocol over REST, tensors as binary data.</summary>
internal sealed class RestTransport : ITierTransport
{
    /// <summary>The largest answer that is read; logits of 4,096 texts and 1,000 classes fit.</summary>
    private const int MaxAnswerBytes = 32 << 20;

    private readonly HttpClient _http;

    public RestTransport(Uri url, TimeSpan connectTimeout) => _http = new HttpClient(new SocketsHttpHandler
    {
        ConnectTimeout = connectTimeout,
        AllowAutoRedirect = false,
        UseProxy = !url.IsLoopback,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        BaseAddress = new Uri(url.AbsoluteUri.TrimEnd('/') + '/'),
        // Deadlines come with each call.
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    public Task<TransportResult<ServerMetadata>> ServerAsync(CancellationToken cancellation)
        => GetAsync("v2", ProtocolJson.Default.ServerMetadata, cancellation, isGreeting: true);

    public Task<TransportResult<ModelMetadata>> ModelAsync(string model, string version, CancellationToken cancellation)
        => GetAsync(Path(model, version), ProtocolJson.Default.ModelMetadata, cancellation);

    public async Task<TransportResult<InferResponse>> InferAsync(InferRequest request, CancellationToken cancellation)
    {
        var (body, headerLength) = RestRequestCodec.Write(request);
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{Path(request.Model, request.Version)}/infer") { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(RestNames.Binary);
        message.Headers.Add(RestNames.HeaderLength, headerLength.ToString(CultureInfo.InvariantCulture));
        var result = await SendAsync(message, cancellation).ConfigureAwait(false);
        return result.Select(answer => RestResponseCodec.Read(answer.Body, answer.HeaderLength));
    }

    /// <summary>Nothing to do: HTTP/1.1 closes a connection whose answer is not waited for.</summary>
    public void Reconnect()
    {
    }

    public void Dispose() => _http.Dispose();

    private static string Path(string model, string version)
        => $"v2/models/{Uri.EscapeDataString(model)}{(version.Length > 0 ? $"/versions/{Uri.EscapeDataString(version)}" : "")}";

    private async Task<TransportResult<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation, bool isGreeting = false)
        where T : class
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, path);
        var result = await SendAsync(message, cancellation, isGreeting).ConfigureAwait(false);
        return result.Select(answer => Parse(answer.Body, type) ?? throw new ProtocolException("it is not the protocol's JSON"));
    }

    private async Task<TransportResult<Answer>> SendAsync(HttpRequestMessage message, CancellationToken cancellation, bool isGreeting = false)
    {
        try
        {
            using var response = await _http.SendAsync(message, cancellation).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK ? Accepted(response, body) : Refused(response.StatusCode, body, isGreeting);
        }
        catch (HttpRequestException exception) when (exception.InnerException is AuthenticationException untrusted)
        {
            return TransportResult<Answer>.Failed(TierFailureReason.Unreachable, untrusted.Message);
        }
        catch (HttpRequestException exception)
        {
            var connection = exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ResponseEnded or HttpRequestError.Unknown;
            return TransportResult<Answer>.Failed(connection ? TierFailureReason.Unreachable : TierFailureReason.Nonsense, exception.Message);
        }
    }

    private static TransportResult<Answer> Accepted(HttpResponseMessage response, byte[] body)
    {
        if (!response.Headers.TryGetValues(RestNames.HeaderLength, out var values))
            return TransportResult<Answer>.Of(new Answer(body, body.Length));
        return int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= body.Length
            ? TransportResult<Answer>.Of(new Answer(body, length))
            : TransportResult<Answer>.Failed(TierFailureReason.Nonsense, $"its {RestNames.HeaderLength} is not within its answer");
    }

    private static TransportResult<Answer> Refused(HttpStatusCode status, byte[] body, bool isGreeting)
    {
        var error = Parse(body, ProtocolJson.Default.ErrorBody)?.Error;
        var reason = status switch
        {
            HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout => TierFailureReason.TimedOut,
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway => TierFailureReason.Unreachable,
            // What stands before a tier says these for it: it is busy, broken, or wants to know who asks.
            HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or >= HttpStatusCode.InternalServerError => TierFailureReason.Refused,
            // A refusal in the protocol's own form is a tier's; any other, or one of the protocol's first address, is of something else.
            _ => error is null || isGreeting ? TierFailureReason.Nonsense : TierFailureReason.Refused,
        };
        return TransportResult<Answer>.Failed(reason, error ?? $"it answered with HTTP status {(int)status}");
    }

    private static T? Parse<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(JsonBytes.WithoutMark(body), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Answer(byte[] Body, int HeaderLength);
}
