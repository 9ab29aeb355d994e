using System.Net.Security;

namespace Dimec.OpenInference;

/// <summary>How a client reaches its server. Checked once, when the client is made; all problems are reported together.</summary>
public sealed record OpenInferenceClientOptions
{
    /// <summary>How long a call may take, more than 0, or <see cref="Timeout.InfiniteTimeSpan"/>. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a connection may take to come about, more than 0, or <see cref="Timeout.InfiniteTimeSpan"/>. Default 10 s.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest answer that is read, in bytes; at least 1. Default 64 MiB.</summary>
    public int MaxResponseBytes { get; init; } = 64 << 20;

    /// <summary>Sent with each request, e.g. <c>authorization</c>: headers of REST, metadata of gRPC. Default none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Asked before each call for what is sent as <c>authorization</c>, where that changes, e.g. <c>Bearer KEY</c>; null sends none. It may
    /// be called at once by several threads. Null, the default: nobody is asked.
    /// </summary>
    public Func<string?>? Authorization { get; init; }

    /// <summary>Whether tensors travel over REST as binary data. Default <see cref="BinaryData.Auto"/>.</summary>
    public BinaryData BinaryData { get; init; }

    /// <summary>
    /// How TLS is spoken (certificates of the client, whom to trust), at an address of <c>https</c> or <c>grpcs</c>;
    /// null: as the system does.
    /// </summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>
    /// Makes what sends the requests, once a connection, in place of a <see cref="SocketsHttpHandler"/> made of
    /// <see cref="ConnectTimeout"/> and <see cref="Tls"/>; it must speak HTTP/2 for gRPC. Null: that one. For authorization that
    /// changes, proxies, or a test's server.
    /// </summary>
    public Func<HttpMessageHandler>? CreateHandler { get; init; }

    internal void Validate()
    {
        var problems = new List<string>();
        Check(problems, nameof(Timeout), Timeout);
        Check(problems, nameof(ConnectTimeout), ConnectTimeout);
        if (MaxResponseBytes < 1)
            problems.Add($"{nameof(MaxResponseBytes)} is {MaxResponseBytes}; give at least 1");
        if (!Enum.IsDefined(BinaryData))
            problems.Add($"{nameof(BinaryData)} is {BinaryData}; give one of {string.Join(", ", Enum.GetNames<BinaryData>())}");
        foreach (var (name, value) in Headers)
        {
            if (!IsHeader(name, value))
                problems.Add($"{nameof(Headers)} has '{name}', which is no header of a request");
        }

        if (Authorization is not null && Headers.Keys.Contains("authorization", StringComparer.OrdinalIgnoreCase))
            problems.Add($"{nameof(Authorization)} and {nameof(Headers)} both give an authorization; leave one out");
        if (Tls is not null && CreateHandler is not null)
            problems.Add($"{nameof(Tls)} and {nameof(CreateHandler)} are both given; set TLS up in the handler");
        if (problems.Count > 0)
            throw new ArgumentException(string.Join("; ", problems));
    }

    private static void Check(List<string> problems, string name, TimeSpan value)
    {
        // What a timer takes.
        if (value != System.Threading.Timeout.InfiniteTimeSpan && (value <= TimeSpan.Zero || value.TotalMilliseconds > int.MaxValue))
            problems.Add($"{name} is {value}; give more than 0, 24 days at most, or Timeout.InfiniteTimeSpan");
    }

    private static bool IsHeader(string name, string value)
    {
        using var message = new HttpRequestMessage();
        try
        {
            message.Headers.Add(name, value);
            return true;
        }
        catch (Exception refused) when (refused is FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
