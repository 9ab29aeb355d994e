using System.Diagnostics.Metrics;
using Dimec.Serving.Telemetry;
using Dimec.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Dimec.Serving.Tests.Telemetry;

public class TierMetricsTests
{
    [Fact]
    public void Loads_are_counted_by_what_came_of_them_and_the_revision_is_told()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var seen = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == TelemetryNames.Meter)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Add(Said(instrument, $"{value}", tags)));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => seen.Add(Said(instrument, $"{value}", tags)));
        listener.Start();
        var metrics = new TierMetrics(services.GetRequiredService<IMeterFactory>());

        var revision = 3;
        metrics.Started("made-up", () => revision, () => 7);
        listener.RecordObservableInstruments();
        metrics.Served("made-up");
        revision = 4;
        listener.RecordObservableInstruments();
        metrics.Refused("made-up");

        Assert.Equal(
        [
            "dimec.bundle.revision 3 dimec.tier=made-up",
            "dimec.server.queue.size 7 dimec.tier=made-up",
            "dimec.bundle.loads 1 dimec.tier=made-up dimec.outcome=served",
            "dimec.bundle.revision 4 dimec.tier=made-up",
            "dimec.server.queue.size 7 dimec.tier=made-up",
            "dimec.bundle.loads 1 dimec.tier=made-up dimec.outcome=refused",
        ], seen.Where(one => one.Contains("made-up", StringComparison.Ordinal)));
    }

    private static string Said(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        $"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}";
}
