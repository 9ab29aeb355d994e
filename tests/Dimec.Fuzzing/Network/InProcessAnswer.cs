using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dimec.Fuzzing.Network;

/// <summary>A request that is handed to a server in this process, and what it answered.</summary>
internal sealed class InProcessAnswer : IHttpResponseTrailersFeature
{
    private readonly HttpResponseFeature _response = new();
    private readonly MemoryStream _body = new();

    private InProcessAnswer()
    {
    }

    public int Status => _response.StatusCode;

    public byte[] Body => _body.ToArray();

    public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();

    /// <summary>A trailer, which a call without a message has as a header.</summary>
    public string? Trailer(string name) => Trailers.TryGetValue(name, out var value) || _response.Headers.TryGetValue(name, out value)
        ? value.ToString()
        : null;

    public string? Header(string name) => _response.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>Asks.</summary>
    /// <param name="server">The server.</param>
    /// <param name="protocol"><c>HTTP/1.1</c> or <c>HTTP/2</c>.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="path">Its path.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="body">Its body.</param>
    public static InProcessAnswer Ask(
        InProcessServer server, string protocol, string method, string path, IEnumerable<KeyValuePair<string, string>> headers, byte[] body)
    {
        var answer = new InProcessAnswer();
        var request = new HttpRequestFeature
        {
            Protocol = protocol,
            Method = method,
            Path = path,
            RawTarget = path,
            Scheme = "http",
            Body = new MemoryStream(body,
                writable: false),
        };
        foreach (var (name, value) in headers)
            request.Headers[name] = value;
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(answer._response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer._body));
        features.Set<IHttpResponseTrailersFeature>(answer);
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature());
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { ConnectionId = "fuzz" });
        server.ProcessAsync(features).GetAwaiter().GetResult();
        return answer;
    }
}
