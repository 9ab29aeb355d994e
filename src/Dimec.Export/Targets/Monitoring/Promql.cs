using Dimec.Telemetry;

namespace Dimec.Export.Targets.Monitoring;

/// <summary>Queries of Prometheus over the one list of instruments, so that none can name what no tier measures.</summary>
internal static class Promql
{
    /// <summary>How fast a counter grows, or how often a histogram was measured.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="window">The time that it is averaged over.</param>
    /// <param name="by">The attributes whose values are kept apart.</param>
    public static string Rate(InstrumentDescription instrument, string window, params string[] by) =>
        $"{Sum(instrument, by)} (rate({instrument.PrometheusName}{(IsHistogram(instrument) ? "_count" : "")}[{window}]))";

    /// <summary>The same of measurements with one value of an attribute.</summary>
    public static string RateOf(InstrumentDescription instrument, string attribute, string value, string window) =>
        $"sum (rate({instrument.PrometheusName}{(IsHistogram(instrument) ? "_count" : "")}"
        + $"{{{Label(instrument, attribute)}=\"{value}\"}}[{window}]))";

    /// <summary>By how much a counter grew, of each process, with one value of an attribute.</summary>
    public static string IncreaseOf(InstrumentDescription instrument, string attribute, string value, string window) =>
        $"increase({instrument.PrometheusName}{{{Label(instrument, attribute)}=\"{value}\"}}[{window}])";

    /// <summary>The mean of what a histogram measured.</summary>
    public static string Mean(InstrumentDescription instrument, string window, params string[] by) =>
        $"{Sum(instrument, by)} (rate({instrument.PrometheusName}_sum[{window}])) / {Rate(instrument, window, by)}";

    /// <summary>The value that a share of what a histogram measured is not above.</summary>
    public static string Quantile(double share, InstrumentDescription instrument, string window, params string[] by) =>
        FormattableString.Invariant($"histogram_quantile({share}, ")
        + $"sum by (le{string.Concat(by.Select(one => $", {Label(instrument, one)}"))}) "
        + $"(rate({instrument.PrometheusName}_bucket[{window}])))";

    /// <summary>How things are.</summary>
    public static string Now(InstrumentDescription instrument) => instrument.PrometheusName;

    /// <summary>How an attribute is written between braces of a legend.</summary>
    public static string Legend(InstrumentDescription instrument, string attribute) => $"{{{{{Label(instrument, attribute)}}}}}";

    private static string Sum(InstrumentDescription instrument, string[] by) =>
        by.Length == 0 ? "sum" : $"sum by ({string.Join(", ", by.Select(one => Label(instrument, one)))})";

    private static string Label(InstrumentDescription instrument, string attribute) => instrument.Attributes.Contains(attribute)
        ? InstrumentDescription.PrometheusNameOf(attribute)
        : throw new ArgumentException($"{instrument.Name} has no attribute {attribute}.", nameof(attribute));

    private static bool IsHistogram(InstrumentDescription instrument) => instrument.Kind == InstrumentKind.Histogram;
}
