using System.Net;

namespace Dimec.Serving;

/// <summary>A tier as a service of its own: what to serve, and where it answers.</summary>
public sealed class DimecTierHostOptions
{
    /// <summary>What is served.</summary>
    public DimecTierOptions Tier { get; } = new();

    /// <summary>The port of the REST side (HTTP/1.1); 0: any free one. By default 8000.</summary>
    public int HttpPort { get; set; } = 8000;

    /// <summary>The port of the gRPC side (HTTP/2 without TLS); 0: any free one. By default 8001.</summary>
    public int GrpcPort { get; set; } = 8001;

    /// <summary>The address to listen on; null: every address of the machine. By default 127.0.0.1: nothing is open to a network that was not asked to be.</summary>
    public IPAddress? Address { get; set; } = IPAddress.Loopback;

    /// <summary>How long a stop waits for the requests under way; by default 20 s.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(20);

    internal void Check(InputErrors errors)
    {
        Port(errors, "--http-port", HttpPort);
        Port(errors, "--grpc-port", GrpcPort);
        if (HttpPort == GrpcPort && HttpPort != 0)
            errors.Add("--grpc-port", $"is {GrpcPort}, and --http-port is too", "give each side a port of its own");
        if (StopTimeout < TimeSpan.Zero)
            errors.Add(nameof(StopTimeout), $"is {StopTimeout}", "give zero or more");
        Tier.Check(errors);
    }

    private static void Port(InputErrors errors, string key, int port)
    {
        if (port is < 0 or > IPEndPoint.MaxPort)
            errors.Add(key, $"is {port}", $"give 0 to {IPEndPoint.MaxPort}");
    }
}
