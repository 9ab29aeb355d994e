using Dimec.Cartography;
using Dimec.Files;
using Dimec.Reporting;
using Dimec.Runs;

namespace Dimec.Architecture.Tests.Documents.Snippets;

/// <summary>The code in the page of <c>Dimec.Reporting</c>.</summary>
internal static class ReportingSnippets
{
    public static void Draw()
    {
        using var metrics = File.OpenRead("td_metrics.jsonl");
        using var picture = File.Create("data-map.png");
        DataMapPlot.WritePng(new DataMapInputs { Samples = MetricsFile.Read(metrics, metrics.Name), Epochs = 5 }, picture);
    }

    public static void Report()
    {
        var run = Run.Open("run");
        var plan = run.Plan("pools").TryGet(out var planned, out _) ? planned : null;
        AtomicFile.Write("report.html", page => HtmlReport.Write(RunReport.Inputs(run.Evaluate(plan), plan, commands: []), page));
    }
}
