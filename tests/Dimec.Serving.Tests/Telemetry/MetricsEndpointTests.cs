using System.Globalization;
using System.Net;
using Dimec.Inference;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Telemetry;
using Dimec.Serving.Tests.ClientAndTier;
using Dimec.Serving.Tests.Hosting;
using Dimec.Telemetry;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static Dimec.Serving.Tests.ClientAndTier.ClientTests;

namespace Dimec.Serving.Tests.Telemetry;

/// <summary>What Prometheus fetches from a real tier is what the one list of metrics says.</summary>
public class MetricsEndpointTests
{
    [Fact]
    public async Task Every_metric_of_the_list_is_there_by_its_name_with_its_attributes_and_buckets_and_no_text()
    {
        using var test = new LadderBundle();
        await using var cloud = await StartAsync(test.Folder, "cloud");
        TierMetrics? metrics = null;
        await using var edge = await RunningTier.StartAsync(
            options =>
            {
                (options.Tier.Bundle, options.Tier.Tier) = (test.Folder, "edge");
                options.Tier.Forward["cloud"] = cloud.Addresses.Grpc;
            },
            builder => builder.Services.AddHostedService(services => new NoService(metrics = services.GetRequiredService<TierMetrics>())));
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = edge.Addresses.Grpc }, Patient with { AbstainBelow = 1 },
            cancellationToken: Stop);
        var tooLong = string.Join(' ', Enumerable.Repeat("zyx", 200));
        await client.ClassifyAsync([.. test.Texts.Append(tooLong).Select(text => new TextInput(text))], Stop);
        using var other = new OpenInferenceClient(edge.Addresses.Http);
        await other.InferAsync(new InferRequest("dimec", [Tensor.FromStrings("text", [1], ["qrs"])]), Stop);
        // What this test cannot have happen.
        metrics!.TurnedAway("edge");
        metrics.Refused("edge");

        var scraped = await Scraped.FetchAsync(edge.Http);
        foreach (var instrument in Instruments.All)
        {
            var suffix = instrument.Kind == InstrumentKind.Histogram ? "_count" : "";
            var lines = scraped.Where(line => line.Name == instrument.PrometheusName + suffix).ToList();
            Assert.True(lines.Count > 0, $"{instrument.PrometheusName} is not there.");
            var known = instrument.Attributes.Select(InstrumentDescription.PrometheusNameOf).ToHashSet();
            var own = lines.SelectMany(line => line.Labels.Keys)
                .Where(key => !key.StartsWith("otel_", StringComparison.Ordinal)).ToHashSet();
            Assert.Subset(known, own);
            // Every attribute is seen, but for the errors that there were none of.
            Assert.Subset(own, known.Where(name => name != "error_type").ToHashSet());
            if (instrument.Kind == InstrumentKind.Histogram)
            {
                var bounds = scraped.Where(line => line.Name == instrument.PrometheusName + "_bucket")
                    .Select(line => line.Labels["le"]).Distinct().ToList();
                Assert.Equal("+Inf", bounds[^1]);
                Assert.Equal(instrument.Buckets, bounds.SkipLast(1).Select(bound => double.Parse(bound, CultureInfo.InvariantCulture)));
            }
        }

        Assert.DoesNotContain(scraped.SelectMany(line => line.Labels.Values), value => value.Contains("zyx", StringComparison.Ordinal));
        Assert.DoesNotContain(scraped.SelectMany(line => line.Labels.Values), value => value.Contains("qrs", StringComparison.Ordinal));
        var share = scraped.Where(line => line.Name == Instruments.PlanShare.PrometheusName).ToList();
        Assert.Contains(share, line => line.Labels["dimec_tier"] == "cloud");
        var up = scraped.Single(line =>
            line.Name == Instruments.ClientTierUp.PrometheusName && line.Labels["server_port"] == $"{edge.Addresses.Grpc.Port}");
        Assert.Equal((1, "edge", "127.0.0.1"), (up.Value, up.Labels["dimec_tier"], up.Labels["server_address"]));
    }

    [Fact]
    public async Task A_call_over_gRPC_is_measured_by_its_status_also_where_it_is_turned_away()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        await tier.Grpc.ServerLiveAsync(new(), cancellationToken: Stop);
        await Assert.ThrowsAsync<RpcException>(
            async () => await tier.Grpc.ModelReadyAsync(new() { Name = "none" }, cancellationToken: Stop));
        var calls = (await Scraped.FetchAsync(tier.Http))
            .Where(line => line.Name == Instruments.RpcServerCallDuration.PrometheusName + "_count")
            .Select(line => $"{line.Labels["rpc_method"]} {line.Labels["rpc_response_status_code"]} {line.Labels["rpc_system_name"]}")
            .ToList();
        // Other tests' tiers are in this process, and a meter is heard by its name.
        Assert.Contains("inference.GRPCInferenceService/ModelReady NOT_FOUND grpc", calls);
        Assert.Contains("inference.GRPCInferenceService/ServerLive OK grpc", calls);
    }

    [Theory]
    [InlineData("metrics")]
    [InlineData("dimec")]
    [InlineData("dimec/live.json")]
    public async Task What_is_switched_off_is_not_there(string path)
    {
        await using var tier = await RunningTier.StartAsync(
            new FakeBackend(), options => (options.Metrics, options.LivePage) = (false, false));
        using var response = await tier.Http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    /// <summary>Made only to see the tier's services.</summary>
    private sealed class NoService(object seen) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.FromResult(seen);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
