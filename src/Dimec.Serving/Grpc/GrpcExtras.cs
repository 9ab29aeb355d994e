using Dimec.Inference.Protocol.Messages;
using Grpc.AspNetCore.Server;
using Grpc.Health.V1;
using Grpc.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dimec.Serving.Grpc;

/// <summary>
/// The services that a tier of its own has beside the protocol: health, and reflection where it is wanted. A tier in somebody's host has neither,
/// as a host has them once, for all that is in it.
/// </summary>
internal static class GrpcExtras
{
    /// <summary>More than any of their requests takes.</summary>
    private const int MaxMessageBytes = 65_536;

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(new ReflectionV1ServiceImpl(GRPCInferenceService.Descriptor, Health.Descriptor));
        services.AddSingleton(new ReflectionServiceImpl(GRPCInferenceService.Descriptor, Health.Descriptor));
        Limit<GrpcHealthService>(services);
        Limit<ReflectionV1ServiceImpl>(services);
        Limit<ReflectionServiceImpl>(services);
    }

    public static void Map(IEndpointRouteBuilder endpoints, bool reflection)
    {
        endpoints.MapGrpcService<GrpcHealthService>();
        if (!reflection)
            return;
        endpoints.MapGrpcService<ReflectionV1ServiceImpl>().Add(EndWithHost);
        endpoints.MapGrpcService<ReflectionServiceImpl>().Add(EndWithHost);
    }

    private static void Limit<T>(IServiceCollection services)
        where T : class => services.AddOptions<GrpcServiceOptions<T>>().Configure(options => options.MaxReceiveMessageSize = MaxMessageBytes);

    /// <summary>A stream that its caller leaves open would hold a stop up.</summary>
    private static void EndWithHost(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is { } answer)
            endpoint.RequestDelegate = context => AnswerAsync(context, answer);
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate answer)
    {
        using var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(context.Abort);
        await answer(context);
    }
}
