using Dimec.Cartography;
using Dimec.Reporting;

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
}
