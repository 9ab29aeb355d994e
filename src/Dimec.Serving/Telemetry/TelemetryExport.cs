using System.Collections;
using System.Reflection;
using Dimec.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Dimec.Serving.Telemetry;

/// <summary>
/// Sends a tier's spans, metrics and logs to a collector by OTLP, where one is named, and lets Prometheus fetch the metrics. A host of
/// one's own has its own: <c>AddMeter("Dimec")</c> and <c>AddSource("Dimec")</c>.
/// </summary>
internal static class TelemetryExport
{
    /// <summary>Where Prometheus looks.</summary>
    public const string MetricsPath = "/metrics";

    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "OTEL_SERVICE_NAME";

    /// <summary>Ours, and those of the server and the runtime that say what ours do not.</summary>
    private static readonly string[] s_meters =
        [TelemetryNames.Meter, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    /// <summary>Adds what the options and OpenTelemetry's own variables ask for.</summary>
    /// <param name="builder">The host's.</param>
    /// <param name="options">The options.</param>
    public static void Add(WebApplicationBuilder builder, DimecTierHostOptions options)
    {
        // The host reads no variables, lest a stray one of ASP.NET Core's changes it. These are OpenTelemetry's own.
        builder.Configuration.AddInMemoryCollection(Variables());
        if (options.Otlp is { } otlp)
            builder.Configuration.AddInMemoryCollection([new(Endpoint, otlp.OriginalString)]);
        var isSent = builder.Configuration[Endpoint] is { Length: > 0 };
        if (!isSent && !options.Metrics)
            return;
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource
            .AddService(builder.Configuration[ServiceName] ?? "dimec-tier", serviceVersion: Version)
            .AddAttributes([new(TelemetryNames.Tier, options.Tier.Tier)]));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(s_meters);
            if (options.Metrics)
                metrics.AddPrometheusExporter();
        });
        if (!isSent)
            return;
        telemetry.WithTracing(traces => traces.AddSource(TelemetryNames.ActivitySource, "System.Net.Http").AddAspNetCoreInstrumentation());
        telemetry.WithLogging(logs => logs.AddProcessor(new FaultProcessor()), options => options.IncludeFormattedMessage = true);
        telemetry.UseOtlpExporter();
    }

    private static string Version => typeof(TelemetryExport).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static IEnumerable<KeyValuePair<string, string?>> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Where(variable => ((string)variable.Key).StartsWith("OTEL_", StringComparison.Ordinal))
        .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value));
}
