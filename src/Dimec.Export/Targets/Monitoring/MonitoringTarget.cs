namespace Dimec.Export.Targets.Monitoring;

/// <summary>
/// What watches a fleet: a dashboard for Grafana, rules for Prometheus, and a configuration of it that fetches the bundle's tiers. All of
/// it is made from the one list of metrics (<see cref="Telemetry.Instruments"/>).
/// </summary>
public sealed class MonitoringTarget : IExportTarget
{
    private const int HttpPort = 8000;

    /// <inheritdoc/>
    public string Name => "monitoring";

    /// <inheritdoc/>
    public string Purpose => "a dashboard for Grafana and rules for Prometheus";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Reads { get; } = [nameof(TargetSettings.Tiers)];

    /// <inheritdoc/>
    public void Validate(TargetSettings settings, InputErrors errors)
    {
    }

    /// <inheritdoc/>
    public IEnumerable<TargetFile> Files(TargetBundle bundle, TargetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return
        [
            TargetFile.Of("grafana-dashboard.json", Dashboard.Json()),
            TargetFile.Of("prometheus-rules.yaml", AlertRules.Yaml()),
            TargetFile.Of("prometheus.yaml", Scraping(bundle)),
        ];
    }

    private static string Scraping(TargetBundle bundle) =>
        $"""
        global:
          scrape_interval: 15s
        rule_files:
          - prometheus-rules.yaml
        scrape_configs:
          - job_name: dimec
            metrics_path: /metrics
            static_configs:
        {string.Join('\n', bundle.Tiers.Select(tier => $"""
              - targets: ["{tier.Name}:{HttpPort}"]
        """))}

        """;
}
