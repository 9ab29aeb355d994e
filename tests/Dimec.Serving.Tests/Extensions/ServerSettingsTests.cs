using System.Net;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;
using Grpc.Core;
using static Dimec.Serving.Tests.Extensions.RepositoryIndexTests;

namespace Dimec.Serving.Tests.Extensions;

/// <summary>Traces, logs and shared memory: said as they are, and not changed over the protocol.</summary>
public class ServerSettingsTests
{
    private const string Trace =
        """{"trace_level":["OFF"],"trace_rate":"1000","trace_count":"-1","log_frequency":"0","trace_file":"","trace_mode":"triton"}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("v2/trace/setting", """{"trace_level":["TIMESTAMPS"]}""", "writes no traces")]
    [InlineData("v2/models/dimec/trace/setting", """{"trace_rate":"1"}""", "writes no traces")]
    [InlineData("v2/logging", """{"log_verbose_level":1}""", "set where it is started")]
    public async Task Settings_are_told_and_not_changed(string address, string change, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, settings) = await tier.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, status);
        if (address != "v2/logging")
            Assert.Equal(Trace, settings.GetRawText());
        Assert.Equal(settings.GetRawText(), (await tier.PostAsync(address, "{}")).Body.GetRawText());
        var (refused, body) = await tier.PostAsync(address, change);
        Assert.Equal(HttpStatusCode.NotImplemented, refused);
        Assert.Contains(sentence, RestCalls.Error(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_logs_settings_are_those_that_hold()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        Assert.Matches(
            """^\{"log_file":"","log_info":(true|false),"log_warning":true,"log_error":true,"log_verbose_level":\d,"log_format":"default"\}$""",
            (await tier.GetAsync("v2/logging")).Body.GetRawText());
    }

    [Fact]
    public async Task Grpc_says_and_refuses_the_same()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var trace = await tier.Grpc.TraceSettingAsync(new() { ModelName = "dimec" }, cancellationToken: Stop);
        Assert.Equal(["OFF"], trace.Settings["trace_level"].Value);
        var log = await tier.Grpc.LogSettingsAsync(new(), cancellationToken: Stop);
        Assert.True(log.Settings["log_error"].BoolParam);
        var rate = new TraceSettingRequest.Types.SettingValue { Value = { "1" } };
        await RefusedAsync(
            "writes no traces", tier.Grpc.TraceSettingAsync(new() { Settings = { ["trace_rate"] = rate } }, cancellationToken: Stop));
        var yes = new LogSettingsRequest.Types.SettingValue { BoolParam = true };
        await RefusedAsync(
            "set where it is started", tier.Grpc.LogSettingsAsync(new() { Settings = { ["log_info"] = yes } }, cancellationToken: Stop));
        await RefusedAsync(
            "no model 'x'", tier.Grpc.TraceSettingAsync(new() { ModelName = "x" }, cancellationToken: Stop), StatusCode.NotFound);
    }

    [Theory]
    [InlineData("v2/systemsharedmemory")]
    [InlineData("v2/cudasharedmemory")]
    public async Task No_memory_is_shared_and_none_is_to_be_given_back(string address)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        Assert.Equal("[]", (await tier.GetAsync($"{address}/status")).Body.GetRawText());
        var (status, body) = await tier.PostAsync($"{address}/region/a/register", """{"key":"/a","offset":0,"byte_size":8}""");
        Assert.Equal(HttpStatusCode.NotImplemented, status);
        Assert.Contains("no memory is shared", RestCalls.Error(body), StringComparison.Ordinal);
        foreach (var region in new[] { address, $"{address}/region/a" })
        {
            using var given = await tier.Http.PostAsync(new Uri($"{region}/unregister", UriKind.Relative), null, Stop);
            Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        }
    }

    [Fact]
    public async Task And_so_it_is_over_grpc()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        Assert.Empty((await tier.Grpc.SystemSharedMemoryStatusAsync(new(), cancellationToken: Stop)).Regions);
        Assert.Empty((await tier.Grpc.CudaSharedMemoryStatusAsync(new(), cancellationToken: Stop)).Regions);
        await tier.Grpc.SystemSharedMemoryUnregisterAsync(new(), cancellationToken: Stop);
        await tier.Grpc.CudaSharedMemoryUnregisterAsync(new() { Name = "a" }, cancellationToken: Stop);
        await RefusedAsync("is shared", tier.Grpc.SystemSharedMemoryRegisterAsync(new() { Name = "a" }, cancellationToken: Stop));
        await RefusedAsync("is shared", tier.Grpc.CudaSharedMemoryRegisterAsync(new() { Name = "a" }, cancellationToken: Stop));
        await RefusedAsync(
            "no such region", tier.Grpc.SystemSharedMemoryStatusAsync(new() { Name = "a" }, cancellationToken: Stop), StatusCode.NotFound);
        await RefusedAsync(
            "no such region", tier.Grpc.CudaSharedMemoryStatusAsync(new() { Name = "a" }, cancellationToken: Stop), StatusCode.NotFound);
    }
}
