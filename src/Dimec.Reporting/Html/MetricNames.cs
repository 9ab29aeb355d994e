namespace Dimec.Reporting.Html;

/// <summary>The tasks' metrics as people write them.</summary>
internal static class MetricNames
{
    public static string Of(string metric) => metric switch { "f1" => "F1", "matthews" => "Matthews", _ => metric };
}
