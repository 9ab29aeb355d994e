using System.Globalization;
using System.Text.RegularExpressions;

namespace Dimec.Serving.Tests.Telemetry;

/// <summary>A line of what Prometheus fetches.</summary>
internal sealed partial record Scraped(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>Fetches the metrics of a process.</summary>
    public static async Task<IReadOnlyList<Scraped>> FetchAsync(HttpClient http) =>
    [
        .. (await http.GetStringAsync(new Uri("metrics", UriKind.Relative), TestContext.Current.CancellationToken)).Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => Line().Match(line))
            .Select(match => new Scraped(
                match.Groups[1].Value,
                Label().Matches(match.Groups[2].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value),
                double.Parse(match.Groups[3].Value, NumberStyles.Float, CultureInfo.InvariantCulture))),
    ];

    [GeneratedRegex(@"^(\w+)(?:\{(.*)\})? (\S+)")]
    private static partial Regex Line();

    [GeneratedRegex("(\\w+)=\"([^\"]*)\"")]
    private static partial Regex Label();
}
