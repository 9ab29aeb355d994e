using Dimec.Serving.Admission;
using Dimec.Serving.Backends;
using Dimec.Serving.Grpc;
using Dimec.Serving.Hosting;
using Dimec.Serving.Models;
using Dimec.Serving.Rest;
using Dimec.Serving.Scheduling;
using Dimec.Serving.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dimec.Serving;

/// <summary>Puts a tier into an ASP.NET Core host of your own.</summary>
public static class DimecTierExtensions
{
    /// <summary>Adds one tier of a bundle. The bundle is read and verified when the host starts.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Names the bundle and the tier, and sets limits.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// The host's start throws <see cref="InputException"/> where an option is out of its range, the bundle was changed or has no such
    /// tier; all problems with the options are reported together.
    /// </remarks>
    public static IServiceCollection AddDimecTier(this IServiceCollection services, Action<DimecTierOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<DimecTierOptions>().Configure(configure);
        services.TryAddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<DimecTierOptions>>().Value;
            options.Validate();
            return options;
        });
        return AddParts(services);
    }

    /// <summary>
    /// Maps the Open Inference Protocol v2: REST below <c>v2/</c>, and gRPC (which needs an address that speaks HTTP/2). Health checks of
    /// gRPC's own protocol and reflection are the host's to add, once for all that is in it.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <returns>For conventions that hold for all of them, such as authorization.</returns>
    public static IEndpointConventionBuilder MapDimecTier(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup("");
        RestTierEndpoints.Map(group);
        var grpc = group.MapGrpcService<GrpcTierService>();
        grpc.Add(GrpcBody.Hold);
        grpc.Add(GrpcDuration.Measure);
        return group;
    }

    /// <summary>Adds one tier of a bundle, by options that were validated.</summary>
    internal static IServiceCollection AddDimecTier(this IServiceCollection services, DimecTierOptions options)
    {
        services.AddSingleton(options);
        return AddParts(services);
    }

    private static IServiceCollection AddParts(IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<TierMetrics>();
        services.TryAddSingleton<IBackendSource>(provider => new BundleSource(provider.GetRequiredService<DimecTierOptions>()));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InFlightRequests>();
        services.TryAddSingleton(Create);
        services.AddHostedService<TierStart>();
        services.AddGrpc();
        services.AddOptions<global::Grpc.AspNetCore.Server.GrpcServiceOptions<GrpcTierService>>()
            .Configure<DimecTierOptions>((grpc, tier) =>
                // A message is decompressed, and found too large, before the framework sees it.
                grpc.MaxReceiveMessageSize = tier.MaxBodyBytes);
        return services;
    }

    /// <summary>The tier owns its scheduler, which may have to be left to a run that does not end: a container would wait for it.</summary>
    private static TierService Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<DimecTierOptions>();
        return new TierService(
            services.GetRequiredService<IBackendSource>(),
            new BatchScheduler(SchedulerOptions.Of(options), services.GetRequiredService<TimeProvider>()),
            services.GetRequiredService<InFlightRequests>(),
            options,
            services.GetRequiredService<IHostApplicationLifetime>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<TierMetrics>(),
            services.GetRequiredService<ILogger<TierService>>());
    }
}
