using System.Globalization;
using Dimec.OpenInference;
using Microsoft.AspNetCore.Http;

namespace Dimec.Serving.Grpc;

/// <summary>
/// Turns a call away before the framework sees it, by an answer of headers alone ("trailers-only" in gRPC's protocol): a tier beyond its
/// load has to spend next to nothing on what it refuses.
/// </summary>
internal static class GrpcRefusal
{
    public static Task WriteAsync(HttpContext context, ProtocolException exception)
    {
        var refusal = GrpcStatuses.Exception(exception);
        var response = context.Response;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)refusal.StatusCode).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(refusal.Status.Detail);
        foreach (var trailer in refusal.Trailers)
            response.Headers[trailer.Key] = trailer.Value;
        return response.StartAsync(context.RequestAborted);
    }
}
