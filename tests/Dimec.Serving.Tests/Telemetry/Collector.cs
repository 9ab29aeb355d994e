using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Dimec.Serving.Tests.Telemetry;

/// <summary>A collector of OpenTelemetry that takes everything over gRPC, as bytes.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Signal, string Content)> _received;

    private Collector(WebApplication app, ConcurrentQueue<(string Signal, string Content)> received) => (_app, _received) = (app, received);

    public Uri Url => new(_app.Urls.Single());

    /// <summary>What was sent: <c>trace</c>, <c>metrics</c> or <c>logs</c>, and the bytes as Latin-1.</summary>
    public IReadOnlyList<(string Signal, string Content)> Received => [.. _received];

    public static async Task<Collector> StartAsync()
    {
        var received = new ConcurrentQueue<(string Signal, string Content)>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.MapPost("/opentelemetry.proto.collector.{signal}.v1.{service}/Export", (RequestDelegate)(async context =>
        {
            using var content = new MemoryStream();
            await context.Request.Body.CopyToAsync(content, context.RequestAborted);
            received.Enqueue(((string)context.Request.RouteValues["signal"]!, Encoding.Latin1.GetString(content.ToArray())));
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5], context.RequestAborted);
            context.Response.AppendTrailer("grpc-status", "0");
        }));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Collector(app, received);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
