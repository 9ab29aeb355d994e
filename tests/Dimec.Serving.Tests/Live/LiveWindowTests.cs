using System.Diagnostics.Metrics;
using Dimec.Inference.Telemetry;
using Dimec.Serving.Live;
using Dimec.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dimec.Serving.Tests.Live;

/// <summary>What was measured is on the page as long as it is of the last quarter of an hour.</summary>
public sealed class LiveWindowTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 0, TimeSpan.Zero));
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Meter _meter;
    private readonly LiveWindow _window;

    public LiveWindowTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _meter = meters.Create(TelemetryNames.Meter);
        // Clients of other tests are in this process as well.
        _window = new LiveWindow(_time, meter => meter.Scope == meters);
    }

    public void Dispose()
    {
        _window.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Answers_are_counted_where_and_when_they_were_given_and_what_they_saved()
    {
        var samples = _meter.Counter<long>(Instruments.ClientSamples);
        var (cost, reference) = (_meter.Counter<double>(Instruments.ClientCost), _meter.Counter<double>(Instruments.ClientReferenceCost));
        var confidence = _meter.Histogram(Instruments.ClientConfidence);
        var duration = _meter.Histogram(Instruments.ClientDuration);
        _meter.Observe<double>(Instruments.PlanShare, () => [Share(0.6, "mobile", 0), Share(0.1, "mobile"), Share(0.3, "cloud")]);
        _meter.Observe<double>(Instruments.PlanReduction, () => [new(0.7)]);
        _meter.Observe<double>(Instruments.PlanAccuracy, () => [new(0.9)]);
        Answer("mobile", 0, 0, 0.97, "planned");
        Answer("mobile", 0, 0, 0.93, "cached");
        _time.Advance(TimeSpan.FromSeconds(5));
        Answer("cloud", 6, 9, 0.5, "fallback");

        var snapshot = _window.Snapshot();
        var client = snapshot.Client!;
        Assert.Equal(["exit 0", "mobile", "cloud"], client.Places.Select(place => place.Name));
        Assert.Equal([2L, 0], client.Places[0].Counts.TakeLast(2));
        Assert.Equal([0L, 1], client.Places[2].Counts.TakeLast(2));
        Assert.Equal([null, 1, 0], client.Saved.TakeLast(3));
        Assert.Equal(2.0 / 3, client.SavedTotal!.Value, 4);
        Assert.Equal(0.8, client.MeanConfidence!.Value, 9);
        Assert.Equal((3L, "layers", new LiveOutcomes(1, 1, 1, 0, 0, 0)), (client.Samples, client.Unit, client.Outcomes));
        Assert.Equal([1L, 1], client.Places[0].Confidence.TakeLast(2));
        Assert.InRange(client.P50[^1]!.Value, 18, 22);
        Assert.Equal((0.7, 0.9), (snapshot.Plan!.Reduction, snapshot.Plan.Accuracy));
        Assert.Equal([0.6, 0.1, 0.3], snapshot.Plan.Shares.Select(share => share.Share));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).ToUnixTimeSeconds(), snapshot.Times[^1]);
        Assert.All(snapshot.Times.Zip(snapshot.Times.Skip(1), (one, next) => next - one), step => Assert.Equal(5, step));

        _time.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(3, _window.Snapshot().Client!.Samples);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(_window.Snapshot().Client);
        Answer("cloud", 6, 9, 0.5, "planned");
        Assert.Equal(1, _window.Snapshot().Client!.Samples);

        void Answer(string tier, int exit, double cost1, double sure, string outcome)
        {
            samples.Add(1, new(TelemetryNames.Tier, tier), new(TelemetryNames.Exit, exit), new(TelemetryNames.Outcome, outcome));
            cost.Add(cost1, new KeyValuePair<string, object?>(TelemetryNames.CostUnit, "layers"));
            reference.Add(9, new KeyValuePair<string, object?>(TelemetryNames.CostUnit, "layers"));
            confidence.Record(sure, new(TelemetryNames.Tier, tier), new(TelemetryNames.Exit, exit));
            duration.Record(0.02);
        }

        static Measurement<double> Share(double share, string tier, int? exit = null) => exit is null
            ? new(share, new KeyValuePair<string, object?>(TelemetryNames.Tier, tier))
            : new(share, new(TelemetryNames.Tier, tier), new(TelemetryNames.Exit, exit));
    }

    [Fact]
    public void Other_tiers_are_up_or_down_and_this_one_is_told_of_by_its_exits()
    {
        var asked = _meter.Histogram(Instruments.ClientRequestDuration);
        var isUp = 1;
        _meter.Observe<int>(Instruments.ClientTierUp, () => [new(isUp, Address("edge"))]);
        _meter.Observe<int>(Instruments.BundleRevision, () => [new(7, Tier("mobile"))]);
        _meter.Observe<int>(Instruments.ServerQueueSize, () => [new(3, Tier("mobile"))]);
        asked.Record(0.01, Address("edge"));
        asked.Record(0.02, [.. Address("edge"), new(TelemetryNames.ErrorType, "timed_out")]);
        _meter.Histogram(Instruments.ServerRequestDuration).Record(0.001, Tier("mobile"));
        _meter.Counter<long>(Instruments.ServerRefusals).Add(2, Tier("mobile"));
        var rows = _meter.Histogram(Instruments.ServerConfidence);
        rows.Record(0.9, Tier("mobile"), new(TelemetryNames.Exit, 4));
        rows.Record(1, Tier("mobile"), new(TelemetryNames.Exit, 2));

        var snapshot = _window.Snapshot();
        var edge = Assert.Single(snapshot.Tiers);
        Assert.Equal(("edge", "there:8001", true, 2L, 1L), (edge.Tier, edge.Address, edge.IsUp, edge.Requests, edge.Failed));
        isUp = 0;
        Assert.False(_window.Snapshot().Tiers[0].IsUp);
        var server = snapshot.Server!;
        Assert.Equal(("mobile", 7, 3), (server.Tier, server.Revision, server.Waiting));
        Assert.Equal((1L, 0L, 2L), (server.Requests[^1], server.Failed[^1], server.Refused[^1]));
        Assert.Equal(["exit 2", "exit 4"], server.Exits.Select(exit => exit.Name));
        Assert.Equal(1, server.Exits[0].Confidence[^1]);

        static KeyValuePair<string, object?> Tier(string tier) => new(TelemetryNames.Tier, tier);

        static KeyValuePair<string, object?>[] Address(string tier) =>
            [Tier(tier), new(TelemetryNames.ServerAddress, "there"), new(TelemetryNames.ServerPort, 8001)];
    }
}
