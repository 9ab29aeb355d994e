using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dimec.Serving.Hosting;

/// <summary>
/// What of a connection a caller controls before a request of the protocol begins: docs/security.md lists all limits. None of the
/// protocol's clients comes near one of these.
/// </summary>
internal static class ServerLimits
{
    /// <summary>The most headers of a request.</summary>
    private const int Headers = 64;

    /// <summary>The most bytes of all of them.</summary>
    private const int HeaderBytes = 16 << 10;

    /// <summary>The most bytes of the line with the address.</summary>
    private const int LineBytes = 8 << 10;

    /// <summary>The most requests of a connection at once, over HTTP/2; more wait at the client.</summary>
    private const int Streams = 100;

    /// <summary>
    /// An HTTP/2 connection whose other end is gone looks only silent: it is asked after so long, and closed when it stays so.
    /// </summary>
    private static readonly TimeSpan s_ping = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan s_pong = TimeSpan.FromSeconds(20);

    /// <summary>How long a connection may wait for its next request.</summary>
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(130);

    /// <summary>Sets them.</summary>
    public static void Apply(KestrelServerOptions kestrel, DimecTierHostOptions options)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestHeaderCount = Headers;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestLineSize = LineBytes;
        limits.KeepAliveTimeout = s_idle;
        limits.Http2.MaxStreamsPerConnection = Streams;
        limits.Http2.MaxRequestHeaderFieldSize = HeaderBytes;
        limits.Http2.KeepAlivePingDelay = s_ping;
        limits.Http2.KeepAlivePingTimeout = s_pong;
        // Each side has the limit of its own (RestBody, MaxReceiveMessageSize), with an answer;
        // the server's would cut gRPC off without one.
        limits.MaxRequestBodySize = null;
        // A body has a deadline (InFlightRequest), with an answer; the server's rate is met on an average by
        // who sends much and then nothing.
        limits.MinRequestBodyDataRate = null;
        if (options.Tier.BodyTimeout < limits.RequestHeadersTimeout)
            limits.RequestHeadersTimeout = options.Tier.BodyTimeout;
    }
}
