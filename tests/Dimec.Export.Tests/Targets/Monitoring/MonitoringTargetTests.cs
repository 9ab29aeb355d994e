using System.Text.Json;
using System.Text.RegularExpressions;
using Dimec.Export.Targets;
using Dimec.Telemetry;

namespace Dimec.Export.Tests.Targets.Monitoring;

/// <summary>Dashboard and alerts ask for what tiers measure, and for all of it.</summary>
public sealed partial class MonitoringTargetTests(TargetFixture made) : IClassFixture<TargetFixture>
{
    [Fact]
    public void The_dashboard_shows_every_metric_and_none_that_there_is_not()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(made.Write("monitoring"), "grafana-dashboard.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        var queries = panels.SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!).ToList();
        Assert.All(queries, Check);
        Assert.Empty(Instruments.All.Where(one => !queries.Exists(query => query.Contains(one.PrometheusName, StringComparison.Ordinal)))
            .Select(one => one.Name));
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("gridPos").GetRawText()).Distinct().Count());
        // Legends name attributes that the query keeps apart.
        foreach (var target in panels.SelectMany(panel => panel.GetProperty("targets").EnumerateArray()))
        {
            var query = target.GetProperty("expr").GetString()!;
            foreach (Match label in Braced().Matches(target.GetProperty("legendFormat").GetString()!))
            {
                var name = label.Groups[1].Value;
                Assert.True(
                    query.Contains(name, StringComparison.Ordinal) || !query.Contains("sum", StringComparison.Ordinal), $"{query}: {name}");
            }
        }
    }

    [Fact]
    public void Alerts_ask_for_metrics_that_there_are_and_say_what_to_do()
    {
        var rules = File.ReadAllText(Path.Combine(made.Write("monitoring"), "prometheus-rules.yaml"));
        var queries = Query().Matches(rules).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(Alert().Count(rules), queries.Count);
        Assert.True(queries.Count >= 10);
        Assert.All(queries, Check);
        Assert.Equal(queries.Count, Description().Count(rules));
    }

    [Fact]
    public async Task Prometheus_own_tool_accepts_rules_and_configuration_of_the_tiers()
    {
        var folder = made.Write("monitoring", new TargetSettings { Tiers = ["mobile", "edge"] });
        var configuration = File.ReadAllText(Path.Combine(folder, "prometheus.yaml"));
        Assert.Contains("""targets: ["mobile:8000"]""", configuration, StringComparison.Ordinal);
        Assert.DoesNotContain("cloud", configuration, StringComparison.Ordinal);
        var said = await OtherProgram.RequireAsync("promtool", "check", "config", Path.Combine(folder, "prometheus.yaml"));
        Assert.Contains("10 rules found", said, StringComparison.Ordinal);
    }

    /// <summary>Every name of a metric is Prometheus' for one of the list, every label one of its attributes.</summary>
    private static void Check(string query)
    {
        var names = Instruments.All
            .SelectMany(one => one.Kind == InstrumentKind.Histogram
                ? (string[])[$"{one.PrometheusName}_bucket", $"{one.PrometheusName}_sum", $"{one.PrometheusName}_count"]
                : [one.PrometheusName])
            .Concat(Instruments.All.SelectMany(one => one.Attributes).Select(InstrumentDescription.PrometheusNameOf))
            .ToHashSet();
        var found = Name().Matches(query).Select(match => match.Value).ToList();
        Assert.NotEmpty(found);
        Assert.All(found, name => Assert.Contains(name, names));
    }

    [GeneratedRegex(@"\b(?:dimec|rpc|server|error)_\w+")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Braced();

    [GeneratedRegex(@"expr: \|-\n +(.+)")]
    private static partial Regex Query();

    [GeneratedRegex("- alert: ")]
    private static partial Regex Alert();

    [GeneratedRegex("description: \".+\\.\"")]
    private static partial Regex Description();
}
