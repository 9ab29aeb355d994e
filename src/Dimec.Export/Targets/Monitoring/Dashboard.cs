using System.Text.Json.Nodes;
using Dimec.Telemetry;

namespace Dimec.Export.Targets.Monitoring;

/// <summary>Grafana's dashboard: what the plan does, then what the tiers do.</summary>
internal static class Dashboard
{
    private const string Window = "$__rate_interval";
    private const int PanelWidth = 12;
    private const int PanelHeight = 8;

    private static readonly DashboardPanel[] s_panels =
    [
        new("Saved against the cloud", "percentunit",
        [
            ($"1 - {Promql.Rate(Instruments.ClientCost, Window)} / {Promql.Rate(Instruments.ClientReferenceCost, Window)}", "served"),
            ($"avg ({Promql.Now(Instruments.PlanReduction)})", "plan"),
        ]),
        new("Where samples were answered", "short",
        [
            (Promql.Rate(Instruments.ClientSamples, Window, TelemetryNames.Tier, TelemetryNames.Exit),
                $"{Promql.Legend(Instruments.ClientSamples, TelemetryNames.Tier)} exit "
                + Promql.Legend(Instruments.ClientSamples, TelemetryNames.Exit)),
        ])
        {
            IsStacked = true,
        },
        new("What came of samples", "short",
        [
            (Promql.Rate(Instruments.ClientSamples, Window, TelemetryNames.Outcome),
                Promql.Legend(Instruments.ClientSamples, TelemetryNames.Outcome)),
            (Promql.Rate(Instruments.ClientAbstentions, Window), "less sure than asked for"),
            (Promql.Rate(Instruments.ClientTruncations, Window), "cut"),
        ]),
        new("Mean confidence against the plan's accuracy", "percentunit",
        [
            (Promql.Mean(Instruments.ClientConfidence, Window), "confidence"),
            ($"avg ({Promql.Now(Instruments.PlanAccuracy)})", "plan's accuracy"),
        ]),
        new("Duration of a client's call", "s",
        [
            (Promql.Quantile(0.5, Instruments.ClientDuration, Window), "p50"),
            (Promql.Quantile(0.95, Instruments.ClientDuration, Window), "p95"),
            (Promql.Quantile(0.99, Instruments.ClientDuration, Window), "p99"),
        ]),
        new("Requests to other tiers, p95", "s",
        [
            (Promql.Quantile(0.95, Instruments.ClientRequestDuration, Window, TelemetryNames.Tier),
                Promql.Legend(Instruments.ClientRequestDuration, TelemetryNames.Tier)),
        ]),
        new("Requests to other tiers without an answer", "short",
        [
            (Promql.Rate(Instruments.ClientRequestDuration, Window, TelemetryNames.Tier, TelemetryNames.ErrorType),
                $"{Promql.Legend(Instruments.ClientRequestDuration, TelemetryNames.Tier)} "
                + Promql.Legend(Instruments.ClientRequestDuration, TelemetryNames.ErrorType)),
        ]),
        new("Addresses that can be asked", "short",
        [
            (Promql.Now(Instruments.ClientTierUp),
                $"{Promql.Legend(Instruments.ClientTierUp, TelemetryNames.Tier)} "
                + $"{Promql.Legend(Instruments.ClientTierUp, TelemetryNames.ServerAddress)}:"
                + Promql.Legend(Instruments.ClientTierUp, TelemetryNames.ServerPort)),
        ]),
        new("Requests of a tier", "reqps",
        [
            (Promql.Rate(Instruments.ServerRequestDuration, Window, TelemetryNames.Tier, TelemetryNames.ErrorType),
                $"{Promql.Legend(Instruments.ServerRequestDuration, TelemetryNames.Tier)} "
                + Promql.Legend(Instruments.ServerRequestDuration, TelemetryNames.ErrorType)),
            (Promql.Rate(Instruments.ServerRefusals, Window, TelemetryNames.Tier),
                $"{Promql.Legend(Instruments.ServerRefusals, TelemetryNames.Tier)} refused"),
        ]),
        new("Duration of a tier's request, p95", "s",
        [
            (Promql.Quantile(0.95, Instruments.ServerRequestDuration, Window, TelemetryNames.Tier),
                Promql.Legend(Instruments.ServerRequestDuration, TelemetryNames.Tier)),
            (Promql.Quantile(0.95, Instruments.ServerQueueDuration, Window, TelemetryNames.Tier),
                $"{Promql.Legend(Instruments.ServerQueueDuration, TelemetryNames.Tier)} waiting"),
            (Promql.Quantile(0.95, Instruments.ServerRunDuration, Window, TelemetryNames.Tier),
                $"{Promql.Legend(Instruments.ServerRunDuration, TelemetryNames.Tier)} run"),
        ]),
        new("Duration of calls over gRPC, p95", "s",
        [
            (Promql.Quantile(0.95, Instruments.RpcServerCallDuration, Window, TelemetryNames.RpcMethod),
                Promql.Legend(Instruments.RpcServerCallDuration, TelemetryNames.RpcMethod)),
        ]),
        new("Rows by the exit that they stopped at", "short",
        [
            (Promql.Rate(Instruments.ServerConfidence, Window, TelemetryNames.Tier, TelemetryNames.Exit),
                $"{Promql.Legend(Instruments.ServerConfidence, TelemetryNames.Tier)} exit "
                + Promql.Legend(Instruments.ServerConfidence, TelemetryNames.Exit)),
        ])
        {
            IsStacked = true,
        },
        new("Rows of a run", "short",
        [
            (Promql.Mean(Instruments.ServerRunRows, Window, TelemetryNames.Tier),
                Promql.Legend(Instruments.ServerRunRows, TelemetryNames.Tier)),
        ]),
        new("Requests that wait", "short",
        [
            (Promql.Now(Instruments.ServerQueueSize), Promql.Legend(Instruments.ServerQueueSize, TelemetryNames.Tier)),
        ]),
        new("Revision that is served", "none",
        [
            (Promql.Now(Instruments.BundleRevision), Promql.Legend(Instruments.BundleRevision, TelemetryNames.Tier)),
        ])
        {
            IsNumber = true,
        },
        new("Bundles deployed", "short",
        [
            (Promql.Rate(Instruments.BundleLoads, Window, TelemetryNames.Tier, TelemetryNames.Outcome),
                $"{Promql.Legend(Instruments.BundleLoads, TelemetryNames.Tier)} "
                + Promql.Legend(Instruments.BundleLoads, TelemetryNames.Outcome)),
        ]),
        new("Shares that the plan expects", "percentunit",
        [
            (Promql.Now(Instruments.PlanShare),
                $"{Promql.Legend(Instruments.PlanShare, TelemetryNames.Tier)} {Promql.Legend(Instruments.PlanShare, TelemetryNames.Exit)}"),
        ])
        {
            IsNumber = true,
        },
    ];

    /// <summary>The dashboard, to be imported or provisioned.</summary>
    public static string Json() => new JsonObject
    {
        ["uid"] = "dimec",
        ["title"] = "Dimec",
        ["tags"] = new JsonArray("dimec"),
        ["schemaVersion"] = 39,
        ["editable"] = true,
        ["refresh"] = "10s",
        ["time"] = new JsonObject { ["from"] = "now-1h", ["to"] = "now" },
        ["templating"] = new JsonObject
        {
            ["list"] = new JsonArray(new JsonObject
            {
                ["name"] = "datasource",
                ["label"] = "Data source",
                ["type"] = "datasource",
                ["query"] = "prometheus",
            }),
        },
        ["panels"] = new JsonArray([.. s_panels.Select(Panel)]),
    }.ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";

    private static JsonObject Panel(DashboardPanel panel, int place) => new()
    {
        ["id"] = place + 1,
        ["type"] = panel.IsNumber ? "stat" : "timeseries",
        ["title"] = panel.Title,
        ["datasource"] = Source(),
        ["gridPos"] = new JsonObject
        {
            ["x"] = place % 2 * PanelWidth,
            ["y"] = place / 2 * PanelHeight,
            ["w"] = PanelWidth,
            ["h"] = PanelHeight,
        },
        ["fieldConfig"] = new JsonObject
        {
            ["defaults"] = new JsonObject
            {
                ["unit"] = panel.Unit,
                ["min"] = 0,
                ["custom"] = new JsonObject
                {
                    ["fillOpacity"] = panel.IsStacked ? 60 : 0,
                    ["stacking"] = new JsonObject { ["mode"] = panel.IsStacked ? "normal" : "none" },
                },
            },
            ["overrides"] = new JsonArray(),
        },
        ["targets"] = new JsonArray([.. panel.Queries.Select((query, index) => new JsonObject
        {
            ["refId"] = $"{(char)('A' + index)}",
            ["datasource"] = Source(),
            ["expr"] = query.Query,
            ["legendFormat"] = query.Legend,
        })]),
    };

    private static JsonObject Source() => new() { ["type"] = "prometheus", ["uid"] = "${datasource}" };
}
