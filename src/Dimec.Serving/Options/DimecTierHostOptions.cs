using System.Globalization;
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

    /// <summary>
    /// The address to listen on; null: every address of the machine.
    /// By default 127.0.0.1: nothing is open to a network that was not asked to be.
    /// </summary>
    public IPAddress? Address { get; set; } = IPAddress.Loopback;

    /// <summary>
    /// Whether the gRPC side tells callers its services and messages (grpc.reflection v1 and v1alpha), as grpcurl asks. By default not: the
    /// protocol is public, and a stream that anybody may open is one more.
    /// </summary>
    public bool Reflection { get; set; }

    /// <summary>
    /// How long a stop waits for the requests under way, 0 to an hour, by default 20 s. Those that take longer are answered as
    /// "unavailable", and at most 7 s later the tier has stopped.
    /// </summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(20);

    internal void Validate(InputErrors errors)
    {
        Port(errors, nameof(HttpPort), HttpPort);
        Port(errors, nameof(GrpcPort), GrpcPort);
        if (HttpPort == GrpcPort && HttpPort != 0)
            errors.Add(Name(nameof(GrpcPort)), $"is {GrpcPort}, the port of the REST side", "give each side a port of its own");
        if (StopTimeout < TimeSpan.Zero || StopTimeout > TimeSpan.FromHours(1))
        {
            errors.Add(
                Name(nameof(StopTimeout)), string.Create(CultureInfo.InvariantCulture, $"is {StopTimeout.TotalSeconds} s"),
                "give 0 to 3600 s");
        }

        Tier.Validate(errors);
    }

    /// <summary>What the program calls one of these.</summary>
    internal static string Name(string property) => OptionNames.Of<DimecTierHostOptions>(property);

    private static void Port(InputErrors errors, string property, int port)
    {
        if (port is < 0 or > IPEndPoint.MaxPort)
            errors.Add(Name(property), $"is {port}", $"give 0 to {IPEndPoint.MaxPort}");
    }
}
