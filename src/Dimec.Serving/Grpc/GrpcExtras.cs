using System.Globalization;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Health;
using Dimec.Serving.Security;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using HealthService = Grpc.Health.V1.Health;

namespace Dimec.Serving.Grpc;

/// <summary>
/// The services that a tier of its own has beside the protocol: health, and reflection where it is wanted. A tier in somebody's host has
/// neither, as a host has them once, for all that is in it.
/// </summary>
internal static class GrpcExtras
{
    /// <summary>More than any request takes that brings no tensors, in bytes.</summary>
    public const int MaxMessageBytes = 65_536;

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(new ReflectionV1ServiceImpl(GRPCInferenceService.Descriptor, HealthService.Descriptor));
        services.AddSingleton(new ReflectionServiceImpl(GRPCInferenceService.Descriptor, HealthService.Descriptor));
        Limit<GrpcHealthService>(services);
        Limit<ReflectionV1ServiceImpl>(services);
        Limit<ReflectionServiceImpl>(services);
    }

    public static void Map(IEndpointRouteBuilder endpoints, bool reflection)
    {
        endpoints.MapGrpcService<GrpcHealthService>().Add(endpoint =>
        {
            endpoint.Metadata.Add(EndpointAccess.Anybody);
            Guard(endpoint, endWithHost: false);
        });
        if (!reflection)
            return;
        endpoints.MapGrpcService<ReflectionV1ServiceImpl>().Add(endpoint => Guard(endpoint, endWithHost: true));
        endpoints.MapGrpcService<ReflectionServiceImpl>().Add(endpoint => Guard(endpoint, endWithHost: true));
    }

    private static void Limit<T>(IServiceCollection services)
        where T : class =>
        services.AddOptions<GrpcServiceOptions<T>>().Configure(options => options.MaxReceiveMessageSize = MaxMessageBytes);

    private static void Guard(EndpointBuilder endpoint, bool endWithHost)
    {
        if (endpoint.RequestDelegate is { } answer)
            endpoint.RequestDelegate = context => AnswerAsync(context, answer, endWithHost);
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate answer, bool endWithHost)
    {
        // The framework sets no limit to what comes out of a compressed message, and theirs are a few bytes.
        if (context.Request.Headers[GrpcMessage.EncodingHeader] is [{ } encoding, ..] && encoding != "identity")
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = ((int)StatusCode.Unimplemented).ToString(CultureInfo.InvariantCulture);
            context.Response.Headers["grpc-message"] = "this service takes no compressed messages";
            return;
        }

        // A stream that its caller leaves open would hold a stop up.
        var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var stopping = endWithHost ? lifetime.ApplicationStopping.Register(context.Abort) : default;
        await answer(context);
    }
}
