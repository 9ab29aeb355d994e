using System.IO.Pipelines;
using Dimec.Serving.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Dimec.Serving.Grpc;

/// <summary>Holds a call from its first byte on, which is before the framework hands it to the service.</summary>
internal static class GrpcBody
{
    /// <summary>Puts the hold around an endpoint.</summary>
    public static void Hold(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is { } answer)
            endpoint.RequestDelegate = context => HoldAsync(context, answer);
    }

    private static async Task HoldAsync(HttpContext context, RequestDelegate answer)
    {
        var tier = context.RequestServices.GetRequiredService<TierService>();
        using var inFlight = tier.InFlight.Begin();
        context.Features.Set(inFlight);
        var message = new GrpcMessage(
            context.Request.Headers[GrpcMessage.EncodingHeader].ToString(), inFlight, tier.MaxBodyBytes, context.RequestAborted);
        context.Features.Set<IRequestBodyPipeFeature>(new Body(new GrpcBodyReader(context.Request.BodyReader, message)));
        await answer(context);
    }

    private sealed class Body(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader => reader;
    }
}
