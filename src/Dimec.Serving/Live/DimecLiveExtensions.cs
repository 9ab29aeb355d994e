using System.Diagnostics.Metrics;
using Dimec.Serving.Live;
using Dimec.Serving.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Dimec.Serving;

/// <summary>
/// The live page, for a tier or for the host of an app whose clients run a plan: where samples were answered in the last quarter of an
/// hour, what that saved, how sure answers were, how long they took, and which tiers can be had. It shows the metrics of the meter
/// <c>Dimec</c> of this process, and no texts.
/// </summary>
public static class DimecLiveExtensions
{
    /// <summary>Has what the page shows collected from the host's start on: 15 minutes in slots of 5 s, in memory.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddDimecLive(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider =>
        {
            var meters = provider.GetRequiredService<IMeterFactory>();
            // Clients have a meter that is nobody's; another host's are not to be seen here.
            return new LiveWindow(
                provider.GetRequiredService<TimeProvider>(), meter => meter.Scope is null || meter.Scope == meters);
        });
        services.AddHostedService<LiveStart>();
        return services;
    }

    /// <summary>Maps the page and, below it, its data as <c>live.json</c>. Whoever may read them may see both.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="path">Where the page is, e.g. <c>dimec</c>.</param>
    /// <returns>For conventions that hold for its data, such as authorization; the page alone holds nothing.</returns>
    public static IEndpointConventionBuilder MapDimecLive(this IEndpointRouteBuilder endpoints, string path = "dimec")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var page = LivePage.Make();
        // The page holds nothing, and it is where a browser asks for the key.
        endpoints.MapMethods(path, s_methods, (RequestDelegate)(context => WritePageAsync(context, page)))
            .WithMetadata(EndpointAccess.Anybody);
        return endpoints.MapMethods($"{path.TrimEnd('/')}/live.json", s_methods, (RequestDelegate)WriteDataAsync);
    }

    private static readonly string[] s_methods = [HttpMethods.Get, HttpMethods.Head];

    private static Task WritePageAsync(HttpContext context, LivePage page)
    {
        var headers = context.Response.Headers;
        headers.ContentType = "text/html; charset=utf-8";
        headers.ContentSecurityPolicy = page.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-cache";
        headers.ContentLength = page.Html.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(page.Html, context.RequestAborted).AsTask();
    }

    private static Task WriteDataAsync(HttpContext context)
    {
        var snapshot = context.RequestServices.GetRequiredService<LiveWindow>().Snapshot();
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsJsonAsync(
            snapshot, LiveJson.Default.LiveSnapshot, contentType: null, context.RequestAborted);
    }

    /// <summary>Hears from the start on, not from the first look.</summary>
    private sealed class LiveStart(LiveWindow window) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(window);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
