using System.Globalization;
using System.Net;
using Dimec.Serving.Security;

namespace Dimec.Serving;

/// <summary>A tier as a service of its own: what to serve, and where it answers.</summary>
public sealed class DimecTierHostOptions
{
    private const int MostConnections = 1 << 20;

    /// <summary>What is served.</summary>
    public DimecTierOptions Tier { get; } = new();

    /// <summary>The port of the REST side (HTTP/1.1); 0: any free one. By default 8000.</summary>
    public int HttpPort { get; set; } = 8000;

    /// <summary>The port of the gRPC side (HTTP/2); 0: any free one. By default 8001.</summary>
    public int GrpcPort { get; set; } = 8001;

    /// <summary>
    /// The address to listen on; null: every address of the machine.
    /// By default 127.0.0.1: nothing is open to a network that was not asked to be. Any other needs <see cref="Certificate"/>, and
    /// <see cref="ApiKeys"/> or <see cref="ClientCa"/>, unless <see cref="Insecure"/> is said.
    /// </summary>
    public IPAddress? Address { get; set; } = IPAddress.Loopback;

    /// <summary>
    /// A file in PEM with the tier's certificate, and those of its issuers behind it, for TLS 1.2 and 1.3 on both ports. Null, the default:
    /// TLS is not spoken. This file, its key and the two below are looked at as often as <see cref="DimecTierOptions.ReloadInterval"/>
    /// says, and what is renewed is used from the next connection or request on.
    /// </summary>
    public string? Certificate { get; set; }

    /// <summary>The file with its private key, in PEM, not encrypted.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>
    /// A file in PEM with the certificates of authorities: callers need a client certificate of one of them, and the system's own are not
    /// asked. Needs <see cref="Certificate"/>. Null, the default: they need none. Health is told without.
    /// </summary>
    public string? ClientCa { get; set; }

    /// <summary>
    /// A file with a line for each API key, <c>name sha256:HEX</c> as <see cref="ApiKey.Line"/> has it: callers need one of them. Where
    /// <see cref="ClientCa"/> is given as well, they need both. Null, the default: they need none. Health is told without.
    /// </summary>
    public string? ApiKeys { get; set; }

    /// <summary>
    /// Whether the tier may listen on other addresses than the loopback interface's without TLS, or without knowing its callers: where
    /// something before it, such as a cluster's mesh or ingress, sees to both. By default not: such a start is refused.
    /// </summary>
    public bool Insecure { get; set; }

    /// <summary>
    /// The most connections to each of the ports at once; one beyond is closed without an answer. 1 to 1,048,576, by default 4,096.
    /// </summary>
    public int MaxConnections { get; set; } = 4096;

    /// <summary>
    /// Whether the gRPC side tells callers its services and messages (grpc.reflection v1 and v1alpha), as grpcurl asks. By default not: the
    /// protocol is public, and a stream that anybody may open is one more.
    /// </summary>
    public bool Reflection { get; set; }

    /// <summary>
    /// Whether the REST side has <c>/metrics</c> for Prometheus, by default yes: numbers, no texts.
    /// </summary>
    public bool Metrics { get; set; } = true;

    /// <summary>
    /// Whether the REST side has the live page <c>/dimec</c> (<see cref="DimecLiveExtensions"/>), by default yes: numbers, no texts.
    /// </summary>
    public bool LivePage { get; set; } = true;

    /// <summary>
    /// The collector that spans, metrics and logs are sent to by OTLP, e.g. <c>http://collector:4317</c>. Null, the default: what
    /// OpenTelemetry's own variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names, and nobody where it names none; its other variables hold.
    /// </summary>
    public Uri? Otlp { get; set; }

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

        if (Otlp is not null && (!Otlp.IsAbsoluteUri || Otlp.Scheme is not ("http" or "https")))
        {
            errors.Add(
                Name(nameof(Otlp)), $"is '{Otlp.OriginalString}', no address of a collector", "write e.g. http://collector:4317");
        }

        if (MaxConnections is < 1 or > MostConnections)
            errors.Add(Name(nameof(MaxConnections)), $"is {MaxConnections}", $"give 1 to {MostConnections}");
        SecurityRules.Check(this, errors);
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
