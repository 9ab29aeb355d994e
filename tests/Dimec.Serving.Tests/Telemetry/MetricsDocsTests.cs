using System.Text.RegularExpressions;
using Dimec.Telemetry;

namespace Dimec.Serving.Tests.Telemetry;

/// <summary>The list of metrics in the docs is that of the code.</summary>
public sealed partial class MetricsDocsTests
{
    [Fact]
    public void Every_metric_has_its_row_in_the_docs()
    {
        var rows = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "observability.md"))).Select(row => row.Value);
        Assert.Equal(
            Instruments.All.Select(one =>
                $"| `{one.Name}` | {one.Kind} | {one.Unit} | {Listed(one.Attributes)} | {one.Description} |"),
            rows);
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    [GeneratedRegex(@"^\| `(dimec|rpc)\..*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
