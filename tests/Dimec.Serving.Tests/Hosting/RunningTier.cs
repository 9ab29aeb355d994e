using System.Net;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Admission;
using Dimec.Serving.Backends;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Tests.Hosting;

/// <summary>A tier on free ports of the loopback interface, stopped when disposed; what it logs must be what the test expects.</summary>
internal sealed class RunningTier : IAsyncDisposable
{
    private readonly LogCollector _log;
    private readonly Services _services;
    private readonly Task _run;
    private readonly CancellationTokenSource _stop;

    private RunningTier(
        LogCollector log, Services services, Task run, CancellationTokenSource stop, string tier, TierAddresses addresses)
    {
        (_log, _services, _run, _stop, Tier, Addresses) = (log, services, run, stop, tier, addresses);
        Http = new HttpClient { BaseAddress = addresses.Http };
        Channel = GrpcChannel.ForAddress($"http://{addresses.Grpc.Authority}");
        Grpc = new GRPCInferenceService.GRPCInferenceServiceClient(Channel);
    }

    public string Tier { get; }

    public TierAddresses Addresses { get; }

    public HttpClient Http { get; }

    public GrpcChannel Channel { get; }

    public GRPCInferenceService.GRPCInferenceServiceClient Grpc { get; }

    /// <summary>What the tier has logged, warnings and worse.</summary>
    public IReadOnlyList<string> Log => _log.Entries;

    /// <summary>What the log may hold; anything else fails the test. By default nothing.</summary>
    public Func<string, bool> Expected { get; set; } = _ => false;

    /// <summary>Starts a tier that a fake computes.</summary>
    public static Task<RunningTier> StartAsync(
        FakeBackend backend, Action<DimecTierHostOptions>? configure = null, Action<WebApplicationBuilder>? build = null)
        => StartAsync(options =>
        {
            (options.Tier.Bundle, options.Tier.Tier) = ("none", backend.Description.Tier);
            configure?.Invoke(options);
        }, builder =>
        {
            builder.Services.AddSingleton<IBackendSource>(new FakeSource(backend));
            build?.Invoke(builder);
        });

    public static async Task<RunningTier> StartAsync(Action<DimecTierHostOptions> configure, Action<WebApplicationBuilder>? build = null)
    {
        var options = new DimecTierHostOptions { HttpPort = 0, GrpcPort = 0, Address = IPAddress.Loopback };
        // One run at a time, however many cores the machine has: what waits and what runs is then known.
        options.Tier.InstanceCount = 1;
        configure(options);
        var (log, services) = (new LogCollector(), new Services());
        var ready = new TaskCompletionSource<TierAddresses>(TaskCreationOptions.RunContinuationsAsynchronously);
        var stop = new CancellationTokenSource();
        var run = DimecTierHost.RunAsync(options, ready.SetResult, builder =>
        {
            builder.Logging.AddProvider(log);
            builder.Services.AddSingleton<IStartupFilter>(services);
            build?.Invoke(builder);
        }, stop.Token);
        await Task.WhenAny(ready.Task, run);
        if (run.IsCompleted)
            await run;
        return new RunningTier(log, services, run, stop, options.Tier.Tier, await ready.Task);
    }

    /// <summary>Waits until so many requests have come to the tier that have no answer yet.</summary>
    public async Task UnderWayAsync(int count)
    {
        while (_services.InFlight!.Count != count)
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    /// <summary>Stops the tier and waits until it has.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        Channel.Dispose();
        _stop.Dispose();
        var unexpected = _log.Entries.Where(entry => !Expected(entry)).ToList();
        Assert.True(unexpected.Count == 0, string.Join(Environment.NewLine, unexpected));
    }

    /// <summary>Looks into the tier from within.</summary>
    private sealed class Services : IStartupFilter
    {
        public InFlightRequests? InFlight { get; private set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            InFlight = app.ApplicationServices.GetRequiredService<InFlightRequests>();
            next(app);
        };
    }
}
