using System.Collections.Concurrent;
using System.Diagnostics;
using Dimec.Inference;
using Dimec.Serving.Tests.ClientAndTier;
using Dimec.Telemetry;
using static Dimec.Serving.Tests.ClientAndTier.ClientTests;

namespace Dimec.Serving.Tests.Telemetry;

/// <summary>One trace from a client's call through all the tiers that it comes to.</summary>
public class TraceTests
{
    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_call_is_one_trace_through_all_tiers_without_a_text_in_it(string transport)
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.ActivitySource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var test = new LadderBundle("forwarded");
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", Url(transport, cloud)));
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = Url(transport, edge) }, Patient, cancellationToken: Stop);

        using var caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        await client.ClassifyAsync([.. test.Texts.Select(text => new TextInput(text))], Stop);
        caller.Stop();
        // A tier ends its span after the answer is on its way.
        while (Spans(TelemetryNames.InferSpan) < Spans(TelemetryNames.AskSpan))
            await Task.Delay(5, Stop);
        int Spans(string name) => spans.Count(span => span.TraceId == caller.TraceId && span.OperationName == name);

        var own = spans.Where(span => span.TraceId == caller.TraceId).ToList();
        var classify = Assert.Single(own, span => span.OperationName == TelemetryNames.ClassifySpan);
        Assert.Equal((caller.SpanId, test.Texts.Count), (classify.ParentSpanId, (int)classify.GetTagItem(TelemetryNames.Samples)!));
        Assert.Equal(test.Bundle.Hash, classify.GetTagItem(TelemetryNames.Bundle));
        var asked = own.Where(span => span.OperationName == TelemetryNames.AskSpan).ToList();
        // The client asks the edge, and the edge, as part of the same, the cloud.
        Assert.Equal(["cloud", "edge"], asked.Select(span => (string)span.GetTagItem(TelemetryNames.Tier)!).Distinct().Order());
        Assert.All(asked, span => Assert.Equal(ActivityKind.Client, span.Kind));
        Assert.All(
            asked.Where(span => span.ParentSpanId == classify.SpanId), span => Assert.Equal("edge", span.GetTagItem(TelemetryNames.Tier)));
        var inferred = own.Where(span => span.OperationName == TelemetryNames.InferSpan).ToList();
        Assert.Equal(["cloud", "edge"], inferred.Select(span => (string)span.GetTagItem(TelemetryNames.Tier)!).Distinct().Order());
        var runs = own.Where(span => span.OperationName == TelemetryNames.RunSpan).ToList();
        Assert.NotEmpty(runs);
        Assert.All(runs, run =>
        {
            var parent = inferred.Single(span => span.SpanId == run.ParentSpanId);
            var margin = TimeSpan.FromMilliseconds(50);
            Assert.InRange(run.StartTimeUtc, parent.StartTimeUtc - margin, parent.StartTimeUtc + parent.Duration + margin);
        });
        var texts = test.Texts.Where(text => text.Length > 8).ToHashSet();
        Assert.DoesNotContain(own.SelectMany(span => span.TagObjects), tag => texts.Contains($"{tag.Value}"));
    }

    [Fact]
    public async Task A_tier_that_is_down_is_an_error_of_its_span_and_not_of_the_call()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.ActivitySource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var test = new TestBundle("edge");
        var edge = await StartAsync(test, "edge");
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = edge.Addresses.Grpc }, Patient with { MaxRetries = 0 },
            cancellationToken: Stop);
        await edge.DisposeAsync();
        using var caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        Assert.True((await client.ClassifyAsync("a", Stop)).Fallback);
        caller.Stop();
        var own = spans.Where(span => span.TraceId == caller.TraceId).ToList();
        var asked = Assert.Single(own, span => span.OperationName == TelemetryNames.AskSpan);
        Assert.Equal((ActivityStatusCode.Error, "unreachable"), (asked.Status, asked.GetTagItem(TelemetryNames.ErrorType)));
        Assert.Equal(ActivityStatusCode.Unset, own.Single(span => span.OperationName == TelemetryNames.ClassifySpan).Status);
    }
}
