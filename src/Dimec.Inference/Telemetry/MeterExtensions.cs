using System.Diagnostics.Metrics;
using Dimec.Telemetry;

namespace Dimec.Inference.Telemetry;

/// <summary>Makes instruments as the one list describes them.</summary>
internal static class MeterExtensions
{
    public static Counter<T> Counter<T>(this Meter meter, InstrumentDescription description)
        where T : struct => meter.CreateCounter<T>(description.Name, description.Unit, description.Description);

    public static Histogram<double> Histogram(this Meter meter, InstrumentDescription description) => meter.CreateHistogram(
        description.Name, description.Unit, description.Description, tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = description.Buckets });

    public static void Observe<T>(this Meter meter, InstrumentDescription description, Func<IEnumerable<Measurement<T>>> values)
        where T : struct
    {
        if (description.Kind == InstrumentKind.UpDownCounter)
            meter.CreateObservableUpDownCounter(description.Name, values, description.Unit, description.Description);
        else
            meter.CreateObservableGauge(description.Name, values, description.Unit, description.Description);
    }
}
