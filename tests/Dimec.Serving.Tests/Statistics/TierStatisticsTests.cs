using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Dimec.OpenInference;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Models;
using Dimec.Serving.Statistics;
using Dimec.Serving.Telemetry;
using Dimec.Serving.Tests.Grpc;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Dimec.Serving.Tests.Statistics;

/// <summary>What a model has done, as Triton counts it.</summary>
public class TierStatisticsTests
{
    private const string Text = """{"inputs":[{"name":"text","shape":[3],"datatype":"BYTES","data":["a","b","c"]}]}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Counts_and_nanoseconds_add_up()
    {
        var clock = new RequestTimingTests.HandClock();
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var statistics = new TierStatistics(clock, new TierMetrics(services.GetRequiredService<IMeterFactory>()), "edge");
        var answered = InferResult.Of(new InferResponse("m", "3", "", new Dictionary<string, ParameterValue>(), []), []);
        statistics.Add([new("m", ["3"], "dimec", [], [])]);
        foreach (var rows in new[] { 2, 2, 5 })
        {
            var timing = statistics.Begin();
            timing.Makes(() => 0)();
            clock.Pass(1);
            timing.Runs();
            clock.Pass(10);
            timing.HasRun(rows);
            clock.Pass(100);
            statistics.End("m", timing, answered);
            statistics.Execute("m", rows, TimeSpan.FromMilliseconds(10));
        }

        var failed = statistics.Begin();
        clock.Pass(7);
        statistics.End("m", failed, null);
        statistics.End("nobody's", failed, answered);

        var report = statistics.Report("m", "3");
        Assert.Equal(("m", "3", 9ul, 3ul), (report.Name, report.Version, report.InferenceCount, report.ExecutionCount));
        Assert.Equal(1_000_340ul, report.LastInference);
        var all = report.InferenceStats;
        Assert.Equal((3ul, 333_000_000ul), (all.Success.Count, all.Success.Ns));
        Assert.Equal((1ul, 7_000_000ul), (all.Fail.Count, all.Fail.Ns));
        Assert.Equal((3ul, 3_000_000ul), (all.Queue.Count, all.Queue.Ns));
        Assert.Equal((3ul, 30_000_000ul), (all.ComputeInfer.Count, all.ComputeInfer.Ns));
        Assert.Equal((3ul, 300_000_000ul), (all.ComputeOutput.Count, all.ComputeOutput.Ns));
        Assert.Equal([(2ul, 2ul), (5ul, 1ul)], report.BatchStats.Select(batch => (batch.BatchSize, batch.ComputeInfer.Count)));
    }

    [Fact]
    public async Task Rest_and_grpc_report_what_was_asked_of_which_model()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        await tier.PostAsync("v2/models/dimec/infer", Text);
        await tier.PostAsync("v2/models/dimec/infer", """{"inputs":[]}""");
        await GrpcTests.InferAsync(tier, GrpcTests.Typed());
        await Assert.ThrowsAsync<RpcException>(() => GrpcTests.InferAsync(tier, new ModelInferRequest { ModelName = "nothing" }));

        var (status, body) = await tier.GetAsync("v2/models/stats");
        Assert.Equal(HttpStatusCode.OK, status);
        var models = body.GetProperty("model_stats").EnumerateArray().ToDictionary(model => model.GetProperty("name").GetString()!);
        Assert.Equal(["dimec", "dimec_edge"], models.Keys);
        // It has no runs of its own: its rows are in those of the tier's layers.
        Assert.Equal((3, 0), (Number(models["dimec"], "inference_count"), Number(models["dimec"], "execution_count")));
        Assert.Equal((2, 2), (Number(models["dimec_edge"], "inference_count"), Number(models["dimec_edge"], "execution_count")));
        Assert.Equal((1, 1), (Count(models["dimec"], "success"), Count(models["dimec"], "fail")));
        Assert.Equal(0, Count(models["dimec_edge"], "fail"));
        foreach (var duration in new[] { "success", "compute_infer" })
            Assert.True(models["dimec"].GetProperty("inference_stats").GetProperty(duration).GetProperty("ns").GetInt64() > 0);
        Assert.Equal(0, Count(models["dimec"], "cache_hit"));
        Assert.Equal(
            [2, 3], models["dimec_edge"].GetProperty("batch_stats").EnumerateArray().Select(batch => Number(batch, "batch_size")));

        var one = await tier.Grpc.ModelStatisticsAsync(new() { Name = "dimec", Version = "3" }, cancellationToken: Stop);
        Assert.Equal((3ul, 1ul), (Assert.Single(one.ModelStats).InferenceCount, one.ModelStats[0].InferenceStats.Success.Count));
        Assert.Equal(2, (await tier.Grpc.ModelStatisticsAsync(new(), cancellationToken: Stop)).ModelStats.Count);
        Assert.Equal(
            models["dimec"].GetRawText(),
            (await tier.GetAsync("v2/models/dimec/versions/3/stats")).Body.GetProperty("model_stats")[0].GetRawText());
    }

    [Fact]
    public async Task What_waits_is_counted_as_waiting()
    {
        using var gate = new ManualResetEventSlim();
        var backend = new FakeBackend { OnRun = gate.Wait };
        await using var tier = await RunningTier.StartAsync(backend);
        var first = tier.PostAsync("v2/models/dimec/infer", Text);
        while (backend.Runs == 0)
            await Task.Delay(5, Stop);
        var second = GrpcTests.InferAsync(tier, GrpcTests.Typed());
        await tier.UnderWayAsync(2);
        await Task.Delay(300, Stop);
        gate.Set();
        await Task.WhenAll(first, second);
        var report = await tier.Grpc.ModelStatisticsAsync(new() { Name = "dimec_edge" }, cancellationToken: Stop);
        var waited = report.ModelStats[0].InferenceStats;
        // It has waited for nearly all of the time that the gate was shut.
        Assert.True(waited.Queue.Ns > waited.ComputeInfer.Ns, $"{waited}");
        Assert.True(waited.Success.Ns >= waited.Queue.Ns + waited.ComputeInput.Ns + waited.ComputeInfer.Ns, $"{waited}");
    }

    private static long Number(JsonElement model, string name) => model.GetProperty(name).GetInt64();

    private static long Count(JsonElement model, string duration) =>
        model.GetProperty("inference_stats").GetProperty(duration).GetProperty("count").GetInt64();
}
