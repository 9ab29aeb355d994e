using System.Globalization;
using Dimec.Serving.Telemetry;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Dimec.Serving.Grpc;

/// <summary>
/// Measures calls from their headers on, which is before the framework's interceptors see them: what is turned away never gets there.
/// </summary>
internal static class GrpcDuration
{
    /// <summary>The statuses by their numbers, as OpenTelemetry's convention writes them.</summary>
    private static readonly string[] s_statuses =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
        "UNAUTHENTICATED",
    ];

    /// <summary>Those that are the server's fault by the convention.</summary>
    private static readonly HashSet<string> s_faults =
        ["UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"];

    /// <summary>Puts the measuring around an endpoint.</summary>
    public static void Measure(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is { } answer && endpoint.Metadata.OfType<GrpcMethodMetadata>().FirstOrDefault() is { } metadata)
        {
            var method = metadata.Method.FullName.TrimStart('/');
            endpoint.RequestDelegate = context => MeasureAsync(context, method, answer);
        }
    }

    private static async Task MeasureAsync(HttpContext context, string method, RequestDelegate answer)
    {
        var (time, metrics) = (Of<TimeProvider>(context), Of<TierMetrics>(context));
        var began = time.GetTimestamp();
        try
        {
            await answer(context);
        }
        finally
        {
            var status = StatusOf(context);
            metrics.Called(method, status, s_faults.Contains(status), time.GetElapsedTime(began));
        }
    }

    private static string StatusOf(HttpContext context)
    {
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        var said = trailers is not null && trailers.TryGetValue("grpc-status", out var trailer)
            ? trailer.ToString()
            : context.Response.Headers["grpc-status"].ToString();
        if (int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < s_statuses.Length)
            return s_statuses[number];
        return context.RequestAborted.IsCancellationRequested ? "CANCELLED" : "UNKNOWN";
    }

    private static T Of<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();
}
