using Dimec.Serving.Tests.Hosting;
using Dimec.Telemetry;

namespace Dimec.Serving.Tests.Telemetry;

/// <summary>A tier sends what it measures to a collector, where it is told of one.</summary>
public class OtlpTests
{
    [Fact]
    public async Task Spans_metrics_and_logs_go_to_the_collector_with_the_callers_trace_and_without_texts()
    {
        const string marker = "xylophone";
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await using var collector = await Collector.StartAsync();
        await using (var tier = await RunningTier.StartAsync(
            new FakeBackend { Offset = float.NaN }, options => options.Otlp = collector.Url))
        {
            tier.Expected = entry => entry.Contains("not a finite number", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(HttpMethod.Post, "v2/models/dimec/infer")
            {
                Content = new StringContent($$"""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["{{marker}}"]}]}"""),
                Headers = { { "traceparent", $"00-{trace}-00f067aa0ba902b7-01" } },
            };
            using var response = await tier.Http.SendAsync(request, TestContext.Current.CancellationToken);
        }

        string Of(string signal) =>
            string.Concat(collector.Received.Where(one => one.Signal == signal).Select(one => one.Content));
        Assert.Contains(TelemetryNames.InferSpan, Of("trace"), StringComparison.Ordinal);
        Assert.Contains(new string([.. Convert.FromHexString(trace).Select(one => (char)one)]), Of("trace"), StringComparison.Ordinal);
        Assert.Contains(Instruments.ServerRequestDuration.Name, Of("metrics"), StringComparison.Ordinal);
        Assert.Contains("not a finite number", Of("logs"), StringComparison.Ordinal);
        Assert.Contains("dimec-tier", Of("metrics"), StringComparison.Ordinal);
        Assert.DoesNotContain(collector.Received, one => one.Content.Contains(marker, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("collector:4317")]
    [InlineData("grpc://collector:4317")]
    public async Task An_address_that_is_none_is_said(string address)
    {
        var exception = await Assert.ThrowsAsync<InputException>(() =>
            RunningTier.StartAsync(new FakeBackend(), options => options.Otlp = new Uri(address)));
        Assert.Contains($"Otlp: is '{address}', no address of a collector; write", exception.Message, StringComparison.Ordinal);
    }
}
