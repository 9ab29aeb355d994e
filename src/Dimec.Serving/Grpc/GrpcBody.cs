using System.IO.Pipelines;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Admission;
using Dimec.Serving.Models;
using Dimec.Serving.Security;
using Grpc.AspNetCore.Server;
using Grpc.Core;
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
        Mark(endpoint.Metadata);
        if (endpoint.RequestDelegate is { } answer)
            endpoint.RequestDelegate = context => HoldAsync(context, answer);
    }

    private static void Mark(IList<object> metadata)
    {
        switch (metadata.OfType<GrpcMethodMetadata>().FirstOrDefault()?.Method.Name)
        {
            case nameof(GRPCInferenceService.GRPCInferenceServiceBase.ServerLive):
            case nameof(GRPCInferenceService.GRPCInferenceServiceBase.ServerReady):
                metadata.Add(EndpointAccess.Anybody);
                break;
            case nameof(GRPCInferenceService.GRPCInferenceServiceBase.RepositoryModelLoad):
            case nameof(GRPCInferenceService.GRPCInferenceServiceBase.RepositoryModelUnload):
                metadata.Add(EndpointAccess.Admin);
                break;
        }
    }

    private static async Task HoldAsync(HttpContext context, RequestDelegate answer)
    {
        var tier = context.RequestServices.GetRequiredService<TierService>();
        var caller = Callers.Of(context);
        var encoding = context.Request.Headers[GrpcMessage.EncodingHeader].ToString();
        var method = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method;
        if (method?.Type == MethodType.DuplexStreaming)
        {
            using var messages = new GrpcStreamReader(context.Request.BodyReader, encoding, tier, caller, context.RequestAborted);
            context.Features.Set(messages);
            context.Features.Set<IRequestBodyPipeFeature>(new Body(messages));
            await answer(context);
            return;
        }

        var infers = method?.Name == nameof(GRPCInferenceService.GRPCInferenceServiceBase.ModelInfer);
        if (infers && tier.Refusal(caller) is { } refusal)
        {
            await GrpcRefusal.WriteAsync(context, refusal);
            return;
        }

        using var inFlight = tier.InFlight.Begin(caller);
        context.Features.Set(inFlight);
        var most = infers ? tier.MaxBodyBytes : Math.Min(tier.MaxBodyBytes, GrpcExtras.MaxMessageBytes);
        var message = new GrpcMessage(encoding, inFlight, most, context.RequestAborted);
        context.Features.Set<IRequestBodyPipeFeature>(new Body(new GrpcBodyReader(context.Request.BodyReader, message)));
        await answer(context);
    }

    private sealed class Body(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader => reader;
    }
}
