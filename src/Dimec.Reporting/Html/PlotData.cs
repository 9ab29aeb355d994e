using System.Text;
using Dimec.Cartography;

namespace Dimec.Reporting.Html;

/// <summary>The figures behind a plot as CSV (RFC 4180, invariant culture, exact).</summary>
internal sealed record PlotData(string File, string Csv, int Rows, string? Note = null)
{
    /// <summary>Any rows.</summary>
    public static PlotData Of(string file, string[] heading, IEnumerable<string[]> rows, string? note = null)
    {
        var csv = new StringBuilder();
        Row(csv, heading);
        var count = 0;
        foreach (var row in rows)
        {
            Row(csv, row);
            count++;
        }

        return new PlotData(file, csv.ToString(), count, note);
    }

    public static PlotData Of(Frontier frontier, string file)
    {
        var csv = new StringBuilder("series,kind,label,cost,unit,reduction,accuracy,drop,drop_low,drop_high,part,n\n");
        var rows = 0;
        foreach (var series in frontier.Series)
        {
            foreach (var p in series.Points)
            {
                Row(csv, [
                    series.Name, series.Kind.ToString(), p.Label, Formatting.Exact(p.Cost), frontier.Unit, Formatting.Exact(p.Reduction),
                    Formatting.Exact(p.Accuracy), Formatting.Exact(p.Drop), Formatting.Exact(p.DropLow), Formatting.Exact(p.DropHigh),
                    frontier.Part, Formatting.Exact(frontier.Count)]);
                rows++;
            }
        }

        return new PlotData(file, csv.ToString(), rows);
    }

    public static PlotData Of(DataMapInputs map, string file)
    {
        var shown = DataMapSampling.Take(map.Samples, map.Shown);
        var csv = new StringBuilder("guid,variability,confidence,correctness,pool\n");
        var names = DataMapPool.Of(map);
        foreach (SampleMetrics s in shown)
        {
            var pool = map.Thresholds is { } cuts ? names[cuts.TierOf(s.Confidence, s.Variability, map.HardRule)].Name : "";
            Row(csv, [s.Guid.Text, Formatting.Exact(
                Math.Round(s.Variability, 6)), Formatting.Exact(Math.Round(s.Confidence, 6)), Formatting.Exact(s.Correctness), pool]);
        }

        var note = shown.Count == map.Samples.Count ? null
            : ReportSentences.FormatPlotDataOfShown(shown: Formatting.Count(shown.Count), n: Formatting.Count(map.Samples.Count));
        return new PlotData(file, csv.ToString(), shown.Count, note);
    }

    private static void Row(StringBuilder csv, ReadOnlySpan<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
            csv.Append(i == 0 ? "" : ",").Append(Quote(fields[i]));
        csv.Append('\n');
    }

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
