using System.Diagnostics;
using System.Net;
using Dimec.Serving.Tests.Grpc;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;
using Grpc.Core;

namespace Dimec.Serving.Tests.Admission;

/// <summary>A stop waits for what is under way, but not for ever; what it gives up gets an answer all the same.</summary>
public class SlowStopTests
{
    private const string Text = """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""";

    [Fact]
    public async Task Requests_that_take_longer_than_a_stop_waits_are_unavailable_and_counted_in_one_line()
    {
        using var gate = new ManualResetEventSlim();
        var backend = new FakeBackend { OnRun = gate.Wait };
        await using var tier = await RunningTier.StartAsync(backend, options => options.StopTimeout = TimeSpan.FromSeconds(1));
        tier.Expected = entry =>
            entry.Contains("The stop waited 1 s; requests still under way get the answer 'unavailable': 4", StringComparison.Ordinal);
        var running = tier.PostAsync("v2/models/dimec/infer", Text);
        while (backend.Runs == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        var waiting = tier.PostAsync("v2/models/dimec/infer", Text);
        var call = GrpcTests.InferAsync(tier, GrpcTests.Typed());
        using var half = await RawHttp.SendAsync(tier, $"{RawHttp.Infer}Content-Length: 500\r\n\r\n{{\"inp");
        await tier.UnderWayAsync(4);

        var stop = tier.StopAsync();
        foreach (var answer in new[] { await running, await waiting })
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.Contains("the tier is stopping", RestCalls.Error(answer.Body), StringComparison.Ordinal);
        }

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
        gate.Set();
        Assert.StartsWith("HTTP/1.1 503 ", await RawHttp.StatusAsync(half), StringComparison.Ordinal);
        await stop;
        Assert.Single(tier.Log);
        Assert.True(backend.Disposed);
    }

    [Fact]
    public async Task A_run_that_never_ends_does_not_keep_the_tier_from_stopping()
    {
        using var gate = new ManualResetEventSlim();
        var backend = new FakeBackend { OnRun = gate.Wait };
        await using var tier = await RunningTier.StartAsync(backend, options => options.StopTimeout = TimeSpan.Zero);
        tier.Expected = entry => entry.Contains("The stop waited 0 s", StringComparison.Ordinal)
            || entry.Contains("the process ends without it", StringComparison.Ordinal);
        var running = tier.PostAsync("v2/models/dimec/infer", Text);
        while (backend.Runs == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        var waited = Stopwatch.StartNew();
        await tier.StopAsync();
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), $"It took {waited.Elapsed}.");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await running).Status);
        Assert.False(backend.Disposed);
        gate.Set();
    }
}
