using System.Net;
using System.Net.Sockets;
using Dimec.Serving.Backends;
using Dimec.Serving.Tests.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Tests.Hosting;

public class HostTests
{
    [Fact]
    public async Task A_stop_answers_what_is_under_way_frees_the_ports_and_the_model()
    {
        using var gate = new ManualResetEventSlim();
        var backend = new FakeBackend { OnRun = gate.Wait };
        await using var tier = await RunningTier.StartAsync(backend);
        var running = tier.PostAsync(
            "v2/models/dimec/infer", """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""");
        while (backend.Runs == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        var stop = tier.StopAsync();
        Assert.False(stop.IsCompleted);
        gate.Set();
        Assert.Equal(HttpStatusCode.OK, (await running).Status);
        await stop;
        Assert.True(backend.Disposed);
        foreach (var address in new[] { tier.Addresses.Http, tier.Addresses.Grpc })
        {
            using var listener = new TcpListener(IPAddress.Loopback, address.Port);
            listener.Start();
        }
    }

    [Fact]
    public async Task Ports_in_use_are_named_all_together_with_their_flags()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        var (http, grpc) = (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
        var backend = new FakeBackend();
        var wrong = await Assert.ThrowsAsync<InputException>(() =>
            RunningTier.StartAsync(backend, options => (options.HttpPort, options.GrpcPort) = (http, grpc)));
        Assert.Equal(
            [
                $"HttpPort: port {http} is in use; stop what uses it, or give another port (0: any free one).",
                $"GrpcPort: port {grpc} is in use; stop what uses it, or give another port (0: any free one).",
            ],
            wrong.Errors.Select(error => error.ToString()));
        Assert.True(backend.Disposed);
    }

    [Fact]
    public async Task A_tier_listens_on_every_address_where_it_is_told_to()
    {
        await using var tier = await RunningTier.StartAsync(
            new FakeBackend(), options => (options.Address, options.Insecure) = (null, true));
        Assert.Equal(HttpStatusCode.OK, (await tier.GetAsync("v2/health/live")).Status);
        Assert.Equal("127.0.0.1", tier.Addresses.Grpc.Host);
    }

    [Fact]
    public async Task Every_wrong_option_is_reported_at_once()
    {
        var options = new DimecTierHostOptions { HttpPort = 70000, GrpcPort = -1 };
        (options.Tier.MaxBatch, options.Tier.MaxInFlightBytes, options.Tier.Threads) = (0, (16 << 20) - 1, 0);
        (options.StopTimeout, options.Tier.BodyTimeout, options.Tier.MaxAttention) = (TimeSpan.FromSeconds(3601), TimeSpan.Zero, 255);
        var wrong = await Assert.ThrowsAsync<InputException>(() =>
            DimecTierHost.RunAsync(options, _ => { }, TestContext.Current.CancellationToken));
        Assert.Equal(
            [
                "HttpPort",
                "GrpcPort",
                "StopTimeout",
                "Bundle",
                "Tier",
                "MaxBatch",
                "MaxAttention",
                "MaxInFlightBytes",
                "BodyTimeout",
                "Threads",
            ], wrong.Errors.Select(error => error.Where));
    }

    [Fact]
    public async Task One_port_for_both_sides_is_refused()
    {
        var options = new DimecTierHostOptions { HttpPort = 9000, GrpcPort = 9000 };
        (options.Tier.Bundle, options.Tier.Tier) = ("b", "edge");
        var wrong = await Assert.ThrowsAsync<InputException>(() =>
            DimecTierHost.RunAsync(options, _ => { }, TestContext.Current.CancellationToken));
        Assert.Contains("give each side a port of its own", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_no_bundle_stops_the_start_with_a_sentence()
    {
        var options = new DimecTierHostOptions { HttpPort = 0, GrpcPort = 0 };
        (options.Tier.Bundle, options.Tier.Tier) = (Path.GetTempPath(), "edge");
        var wrong = await Assert.ThrowsAsync<InputException>(() =>
            DimecTierHost.RunAsync(options, _ => { }, TestContext.Current.CancellationToken));
        Assert.Contains("has no bundle.json", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_host_can_carry_a_tier_and_put_conventions_on_it()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IBackendSource>(new FakeSource(new FakeBackend()));
        builder.Services.AddDimecTier(tier => (tier.Bundle, tier.Tier) = ("none", "edge"));
        await using var app = builder.Build();
        var marker = new object();
        app.MapDimecTier().WithMetadata(marker);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        using var response = await http.GetAsync(
            new Uri($"{app.Urls.Single()}/v2/models/dimec_edge"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var endpoints = app.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints;
        Assert.All(
            endpoints.Where(endpoint => endpoint.DisplayName!.Contains("ModelInfer", StringComparison.Ordinal)
                || endpoint.DisplayName.Contains("v2", StringComparison.Ordinal)), endpoint => Assert.Contains(marker, endpoint.Metadata));
        await app.StopAsync(TestContext.Current.CancellationToken);
    }
}
