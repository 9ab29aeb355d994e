using System.Net;
using System.Net.Sockets;
using Dimec.Bundles;
using Dimec.Serving.Admission;
using Dimec.Serving.Grpc;
using Dimec.Serving.Hosting;
using Dimec.Serving.Models;
using Dimec.Serving.Rest;
using Dimec.Serving.Security;
using Dimec.Serving.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Dimec.Serving;

/// <summary>A tier as a service of its own, as <c>dimec serve</c> runs it.</summary>
public static class DimecTierHost
{
    /// <summary>Serves a tier until it is told to stop; requests under way are then answered and the ports are free again.</summary>
    /// <param name="options">What to serve, and where.</param>
    /// <param name="ready">Called once, when the tier answers.</param>
    /// <param name="cancellationToken">Stops the tier. Signals such as SIGTERM are the caller's to turn into it.</param>
    /// <exception cref="InputException">An option is out of its range, the bundle is not what it was written as,
    /// or a port is in use.</exception>
    public static Task RunAsync(DimecTierHostOptions options, Action<TierAddresses> ready, CancellationToken cancellationToken)
        => RunAsync(options, ready, LogToStandardError, cancellationToken);

    /// <summary>
    /// Checks what a tier is to be made of without starting it, so that its mistakes can be reported with a caller's own.
    /// </summary>
    /// <param name="options">What to serve, and where.</param>
    /// <param name="errors">Gets everything that is wrong with the options and the bundle.</param>
    public static void Validate(DimecTierHostOptions options, InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);
        options.Validate(errors);
        ValidateBundle(options.Tier, errors);
    }

    internal static async Task RunAsync(
        DimecTierHostOptions options, Action<TierAddresses> ready, Action<WebApplicationBuilder> configure,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(ready);
        var errors = new InputErrors();
        options.Validate(errors);
        if (errors.Count > 0)
            ValidateBundle(options.Tier, errors);
        errors.ThrowIfAny();

        using var secrets = new TierSecrets(options);
        // Empty: a stray appsettings.json or ASPNETCORE_URLS must not change what the command line says.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var listening = new List<ListenOptions>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options, secrets, listening));
        if (secrets.Certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.StopTimeout + InFlightRequests.Grace);
        builder.Services.AddDimecTier(options.Tier);
        GrpcExtras.Add(builder.Services);
        TelemetryExport.Add(builder, options);
        if (options.LivePage)
            builder.Services.AddDimecLive();
        configure(builder);

        await using var app = builder.Build();
        var (time, log) = (app.Services.GetRequiredService<TimeProvider>(), app.Services.GetRequiredService<ILogger<AccessGuard>>());
        app.Use(new AccessGuard(secrets, time, log).InvokeAsync);
        app.MapDimecTier();
        GrpcExtras.Map(app, options.Reflection);
        if (options.Metrics)
        {
            app.MapPrometheusScrapingEndpoint(TelemetryExport.MetricsPath)
                .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
        }

        if (options.LivePage)
            app.MapDimecLive();
        app.MapFallback("{**path}", RestTierEndpoints.UnknownAsync);

        // Before the start, so that a bad bundle is one sentence and not a host's log.
        app.Services.GetRequiredService<TierService>();
        await StartAsync(app, options, cancellationToken);
        secrets.Watch(options.Tier.ReloadInterval, time, log);
        var secure = secrets.Certificate is null ? "" : "s";
        ready(new TierAddresses(AddressOf($"http{secure}", options, listening[0]), AddressOf($"grpc{secure}", options, listening[1])));
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static void LogToStandardError(WebApplicationBuilder builder)
    {
        // Not by AddConsoleFormatter, which would bind options of the formatter by reflection; it has none.
        builder.Services.AddSingleton<ConsoleFormatter, LogLines>();
        builder.Logging
            .SetMinimumLevel(LogLevel.Warning)
            // What the host says about a start that failed is what it throws, which becomes a sentence here and not a stack trace.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            // Results go to stdout, and a log is none.
            .AddConsole(console => (console.FormatterName, console.LogToStandardErrorThreshold) = (LogLines.Name, LogLevel.Trace));
    }

    private static void ValidateBundle(DimecTierOptions tier, InputErrors errors)
    {
        var trust = tier.Trust is { } path && !string.IsNullOrWhiteSpace(path) ? errors.Try(() => BundleTrust.Read(path)) : null;
        if (!string.IsNullOrWhiteSpace(tier.Bundle) && !string.IsNullOrWhiteSpace(tier.Tier))
            errors.Try(() => Inference.Bundle.Open(tier.Bundle, tier.Record is null ? [tier.Tier] : null, trust: trust));
    }

    private static void Listen(
        KestrelServerOptions kestrel, DimecTierHostOptions options, TierSecrets secrets, List<ListenOptions> listening)
    {
        ServerLimits.Apply(kestrel, options);
        foreach (var (port, protocols) in new[] { (options.HttpPort, HttpProtocols.Http1), (options.GrpcPort, HttpProtocols.Http2) })
        {
            void Configure(ListenOptions listen)
            {
                listen.Protocols = protocols;
                if (secrets.Certificate is not null)
                    TlsEndpoint.Use(listen, secrets);
                if (protocols == HttpProtocols.Http1)
                    listen.Use(RejectionBody.Add);
                listening.Add(listen);
            }

            if (options.Address is { } address)
                kestrel.Listen(address, port, Configure);
            else
                kestrel.ListenAnyIP(port, Configure);
        }
    }

    private static async Task StartAsync(WebApplication app, DimecTierHostOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            PortCheck.Throw(options, exception);
        }
    }

    private static Uri AddressOf(string scheme, DimecTierHostOptions options, ListenOptions listening)
    {
        var bound = listening.IPEndPoint!;
        var host = options.Address is { } address && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            ? address
            : IPAddress.Loopback;
        return new Uri($"{scheme}://{new IPEndPoint(host, bound.Port)}");
    }

    /// <summary>Signals belong to the caller, which turns them into its token; the host must not answer them as well.</summary>
    private sealed class CallerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
