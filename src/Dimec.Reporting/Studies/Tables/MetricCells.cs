using Dimec.Evaluation.Metrics;
using Dimec.Reporting.Html;

namespace Dimec.Reporting.Studies;

/// <summary>The metrics beside accuracy in one column: the task's own first, where it has one of its own, the other below it.</summary>
internal static class MetricCells
{
    /// <summary>The metrics but accuracy, in their order.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyDictionary<string, double> metrics) =>
        [.. metrics.Keys.Where(metric => metric != TaskMetrics.Accuracy)];

    /// <summary>The column's heading; none where there is nothing beside accuracy.</summary>
    public static IEnumerable<string> Heading(IReadOnlyList<string> names) =>
        names.Count == 0 ? [] : [$"#{string.Join('|', names.Select(MetricNames.Of).Take(2))}"];

    /// <summary>The column's cell.</summary>
    public static IEnumerable<Cell> Of(IReadOnlyDictionary<string, double> metrics, IReadOnlyList<string> names) => names.Count == 0
        ? []
        : [SeedCells.Mean([Value(metrics, names[0])], SeedCells.Number(3)) with
        {
            Second = names.Count > 1 ? Formatting.Number(Value(metrics, names[1]), 3) : null,
        }];

    private static double Value(IReadOnlyDictionary<string, double> metrics, string name) => metrics.GetValueOrDefault(name, double.NaN);
}
