using System.Diagnostics;
using System.Net;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Backends;
using Dimec.Serving.Tests.Hosting;
using Grpc.Core;
using Grpc.HealthCheck;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static Grpc.Health.V1.HealthCheckResponse.Types;
using HealthService = Grpc.Health.V1.Health;

namespace Dimec.Serving.Tests.Health;

/// <summary>What gRPC's own tools ask a server.</summary>
public class GrpcHealthTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("inference.GRPCInferenceService")]
    public async Task A_tier_says_that_it_serves_and_when_it_stops_that_it_does_not(string service)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var health = new HealthService.HealthClient(tier.Channel);
        Assert.Equal(ServingStatus.Serving, (await health.CheckAsync(new() { Service = service }, cancellationToken: Stop)).Status);
        using var watch = health.Watch(new() { Service = service }, cancellationToken: Stop);
        Assert.True(await watch.ResponseStream.MoveNext(Stop));
        Assert.Equal(ServingStatus.Serving, watch.ResponseStream.Current.Status);
        var waited = Stopwatch.StartNew();
        var stop = tier.StopAsync();
        Assert.True(await watch.ResponseStream.MoveNext(Stop));
        Assert.Equal(ServingStatus.NotServing, watch.ResponseStream.Current.Status);
        await stop;
        // One that watches holds no stop up, which would wait for 20 s.
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(10), $"It took {waited.Elapsed}.");
    }

    [Fact]
    public async Task A_service_that_is_not_here_is_not_found_and_can_be_watched_as_unknown()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var health = new HealthService.HealthClient(tier.Channel);
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await health.CheckAsync(new() { Service = "x" }, cancellationToken: Stop));
        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        using var watch = health.Watch(new() { Service = "x" }, cancellationToken: Stop);
        Assert.True(await watch.ResponseStream.MoveNext(Stop));
        Assert.Equal(ServingStatus.ServiceUnknown, watch.ResponseStream.Current.Status);
    }

    [Fact]
    public async Task A_watcher_that_goes_away_logs_nothing()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var health = new HealthService.HealthClient(tier.Channel);
        for (var i = 0; i < 10; i++)
        {
            using var watch = health.Watch(new(), cancellationToken: Stop);
            Assert.True(await watch.ResponseStream.MoveNext(Stop));
        }

        Assert.Equal(ServingStatus.Serving, (await health.CheckAsync(new(), cancellationToken: Stop)).Status);
    }

    [Fact]
    public async Task Reflection_lists_the_services_where_it_is_wanted_and_holds_no_stop_up()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend(), options => options.Reflection = true);
        using var now = new ServerReflection.ServerReflectionClient(tier.Channel).ServerReflectionInfo(cancellationToken: Stop);
        await now.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "*" }, Stop);
        Assert.True(await now.ResponseStream.MoveNext(Stop));
        Assert.Contains(
            "inference.GRPCInferenceService", now.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name));
        await now.RequestStream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = "inference.GRPCInferenceService" }, Stop);
        Assert.True(await now.ResponseStream.MoveNext(Stop));
        Assert.NotEmpty(now.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto);
        using var before = new global::Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionClient(tier.Channel).ServerReflectionInfo(
            cancellationToken: Stop);
        await before.RequestStream.WriteAsync(new global::Grpc.Reflection.V1Alpha.ServerReflectionRequest { ListServices = "*" }, Stop);
        Assert.True(await before.ResponseStream.MoveNext(Stop));
        Assert.Equal(2, before.ResponseStream.Current.ListServicesResponse.Service.Count);
        var waited = Stopwatch.StartNew();
        await tier.StopAsync();
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(10), $"It took {waited.Elapsed}.");
    }

    [Fact]
    public async Task A_compressed_request_is_not_unpacked()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new HealthService.HealthClient(tier.Channel).CheckAsync(
            new() { Service = new string('x', 1_000_000) }, new Metadata { { "grpc-internal-encoding-request", "gzip" } },
            cancellationToken: Stop));
        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }

    [Fact]
    public async Task A_host_that_carries_a_tier_has_health_of_its_own()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<IBackendSource>(new FakeSource(new FakeBackend()));
        builder.Services.AddDimecTier(tier => (tier.Bundle, tier.Tier) = ("none", "edge"));
        var own = new HealthServiceImpl();
        own.SetStatus("mine", ServingStatus.NotServing);
        builder.Services.AddSingleton(own);
        await using var app = builder.Build();
        app.MapDimecTier();
        app.MapGrpcService<HealthServiceImpl>();
        await app.StartAsync(Stop);
        using var channel = GrpcChannel.ForAddress(app.Urls.Single());
        Assert.Equal(
            ServingStatus.NotServing,
            (await new HealthService.HealthClient(channel).CheckAsync(new() { Service = "mine" }, cancellationToken: Stop)).Status);
        Assert.True(
            (await new GRPCInferenceService.GRPCInferenceServiceClient(channel).ServerReadyAsync(new(), cancellationToken: Stop)).Ready);
        await app.StopAsync(Stop);
    }

    [Fact]
    public async Task And_is_not_there_where_it_is_not()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var call = new ServerReflection.ServerReflectionClient(tier.Channel).ServerReflectionInfo(cancellationToken: Stop);
        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Stop));
        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }
}
