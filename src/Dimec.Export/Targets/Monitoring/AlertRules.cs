using Dimec.Telemetry;

namespace Dimec.Export.Targets.Monitoring;

/// <summary>
/// Prometheus' rules. What is served is compared with what the plan in service expects, which the clients tell themselves: no rule has to
/// be changed with a plan.
/// </summary>
internal static class AlertRules
{
    private static readonly AlertRule[] s_rules =
    [
        new(
            "DimecSamplesWithoutAnswer", $"{Promql.RateOf(Instruments.ClientSamples, TelemetryNames.Outcome, "failed", "5m")} > 0",
            "1m", true, "Samples get no answer from any tier.",
            "The first tier's own model gave no finite number, and no other tier could be had: see the client's errors."),
        new(
            "DimecTierDown", $"min by (dimec_tier) ({Promql.Now(Instruments.ClientTierUp)}) < 1", "1m", true,
            "Tier {{ $labels.dimec_tier }} cannot be asked at one of its addresses.",
            "Its samples are answered by another tier meanwhile, at another cost and accuracy. "
            + "It is probed, and used again once it is there."),
        new(
            "DimecFallbacks",
            $"{Promql.RateOf(Instruments.ClientSamples, TelemetryNames.Outcome, "fallback", "10m")} "
            + $"/ {Promql.Rate(Instruments.ClientSamples, "10m")} > 0.05",
            "10m", false, "One sample in twenty is answered by another tier than the plan's.",
            "Look at error_type of dimec_client_request_duration_seconds: unreachable, timed_out, refused."),
        new(
            "DimecSavesLessThanPlanned",
            $"1 - {Promql.Rate(Instruments.ClientCost, "1h")} / {Promql.Rate(Instruments.ClientReferenceCost, "1h")} "
            + $"< avg ({Promql.Now(Instruments.PlanReduction)}) - 0.1",
            "1h", false, "The plan saves ten points less than it expects.",
            "The texts are not those that it was made on: record what is served and make it anew (docs/shadow.md)."),
        new(
            "DimecLessSureThanPlanned",
            $"{Promql.Mean(Instruments.ClientConfidence, "1h")} < avg ({Promql.Now(Instruments.PlanAccuracy)}) - 0.1",
            "1h", false, "Answers are ten points less sure than the plan is right.",
            "The texts are not those that it was made on: record what is served and make it anew (docs/shadow.md)."),
        new(
            "DimecTierRefuses", $"{Promql.Rate(Instruments.ServerRefusals, "5m", TelemetryNames.Tier)} > 0", "5m", true,
            "Tier {{ $labels.dimec_tier }} turns requests away, as its queue is full.", "Add replicas or cores."),
        new(
            "DimecTierFails",
            $"{Promql.RateOf(Instruments.ServerRequestDuration, TelemetryNames.ErrorType, "internal", "5m")} > 0", "2m", true,
            "A tier fails at requests that are right.", "Its log says why (events 2, 3, 10, 11 of docs/events.md)."),
        new(
            "DimecTierSlow", $"{Promql.Quantile(0.95, Instruments.ServerQueueDuration, "10m", TelemetryNames.Tier)} > 0.5", "10m", false,
            "In tier {{ $labels.dimec_tier }} one request in twenty waits half a second.", "Add replicas or cores."),
        new(
            "DimecBundleRefused", $"{Promql.IncreaseOf(Instruments.BundleLoads, TelemetryNames.Outcome, "refused", "15m")} > 0", "0m", true,
            "Tier {{ $labels.dimec_tier }} refuses the bundle that was deployed, and serves the one before.",
            "Its log says why (event 41 of docs/events.md)."),
        new(
            "DimecRevisionsDiffer",
            $"max ({Promql.Now(Instruments.BundleRevision)}) != min ({Promql.Now(Instruments.BundleRevision)})", "30m", false,
            "Tiers serve different revisions for half an hour.", "A rollout has stopped half-way: docs/deployment.md."),
    ];

    /// <summary>A file of rules.</summary>
    public static string Yaml() =>
        $"""
        groups:
          - name: dimec
            rules:
        {string.Join('\n', s_rules.Select(Yaml))}

        """;

    private static string Yaml(AlertRule rule) =>
        $"""
              - alert: {rule.Name}
                expr: |-
                  {rule.Query}
                for: {rule.For}
                labels:
                  severity: {(rule.IsUrgent ? "critical" : "warning")}
                annotations:
                  summary: "{rule.Summary}"
                  description: "{rule.Description}"
        """;
}
