using System.Globalization;
using Dimec.Fuzzing;

namespace Dimec.Fuzz;

/// <summary>What targets' inputs came to, as a table.</summary>
internal static class ReportTable
{
    public const string Head = """
        | target | inputs | past the first stage | refused | taken | slowest ms | most allocated MB | failures |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        """;

    /// <summary>A target's row.</summary>
    public static string Row(FuzzReport report) => Row(
        report.Target, [report], report.Slowest.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture),
        (report.MostAllocated / 1e6).ToString("F1", CultureInfo.InvariantCulture));

    /// <summary>The last row, of all targets.</summary>
    public static string Sum(IReadOnlyList<FuzzReport> reports) => Row("all", reports, "", "");

    private static string Row(string name, IReadOnlyList<FuzzReport> reports, string slowest, string allocated)
    {
        var inputs = reports.Sum(report => report.Inputs);
        var past = 1 - ((double)reports.Sum(report => report.Malformed) / Math.Max(1, inputs));
        string[] cells =
        [
            name, $"{inputs}", past.ToString("P1", CultureInfo.InvariantCulture), $"{reports.Sum(report => report.Refused)}",
            $"{reports.Sum(report => report.Accepted)}", slowest, allocated, $"{reports.Sum(report => report.FailureCount)}",
        ];
        return $"| {string.Join(" | ", cells)} |";
    }
}
