using Dimec.Evaluation.Metrics;

namespace Dimec.Reporting.Html;

/// <summary>The tasks' metrics as people write them.</summary>
internal static class MetricNames
{
    public static string Of(string metric) => metric switch
    {
        TaskMetrics.F1 => "F1",
        TaskMetrics.Matthews => "Matthews",
        _ => metric,
    };
}
