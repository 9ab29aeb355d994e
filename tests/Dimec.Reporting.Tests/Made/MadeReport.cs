using System.Text.Json;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Statistics;

namespace Dimec.Reporting.Tests.Made;

/// <summary>A made report with the proportions of a real one. Nothing in it was measured.</summary>
internal static class MadeReport
{
    public const int Count = 872;

    private static readonly (string Name, double[] Shares, double Drop)[] s_policies =
    [
        ("cloud", [0, 0, 1], 0), ("edge", [0, 1, 0], -0.001), ("mobile", [1, 0, 0], 0.041), ("random", [0.28, 0.61, 0.11], 0.0126),
        ("cascade", [0.42, 0.39, 0.19], -0.0023), ("oracle", [0.83, 0.06, 0.11], -0.0619), ("pools", [0.31, 0.62, 0.07], 0.0011),
    ];

    public static EvaluationDocument Evaluation(CostStructure? costs = null, params (string Name, double[] Shares, double Drop)[] changed)
    {
        costs ??= CostStructure.Default([2, 4, 6]);
        var policies = s_policies.Select(p => Array.Find(changed, c => c.Name == p.Name) is { Name: not null } other ? other : p);
        return new EvaluationDocument("dev", Count, costs, [.. policies.Select(p => Row(p.Name, p.Shares, p.Drop, costs))]);
    }

    public static ReportInputs Of(string text = "Gets the number of elements.", string label = "System.Net") => new()
    {
        Title = "sdk-docs with all-MiniLM-L6-v2",
        Task = new TaskSummary(
            "sdk-docs", "the summary of a .NET member, and which of 15 areas it belongs to.",
            [label, "System.Security", "System.Reflection", "System.Xml", "System.ComponentModel", "System.Diagnostics", "System.Data"],
            "all-MiniLM-L6-v2 (6 layers, hidden 384)",
            [
                new("train", 6000, "training, data map, pools"), new("selection", 900, "thresholds, temperatures, the plan"),
                new("calibration", 900, "promises"), new("dev", Count, "this report; nothing is chosen on it"),
            ], 3),
        Training = new TrainingSummary(5, 6000, 287.4, 104.4,
        [
            new(2, "mobile", [2.31, 1.42, 1.1, 0.94, 0.88], 0.829, new(0.802, 0.853), "dev", Count, 1.21),
            new(4, "edge", [2.01, 1.01, 0.72, 0.55, 0.47], 0.871, new(0.847, 0.893), "dev", Count, 1.34),
            new(6, "cloud", [1.92, 0.93, 0.61, 0.44, 0.35], 0.87, new(0.846, 0.892), "dev", Count, 1.42),
        ]),
        DataMap = MadeMap.Of(),
        Evaluations =
        [
            new("default", Evaluation(), MadeFrontier.Of()),
            new("no offloading cost (o = 0)", Evaluation(CostStructure.Default([2, 4, 6]).WithoutOffload()!), MadeFrontier.Of("o = 0")),
        ],
        Plan = Plan("pools"),
        MaxDrop = 0.005,
        Served = new ServedCheck(
            Count, Count - 1,
            [new("mobile", "in the caller", 270), new("edge", "grpc://127.0.0.1:8001", 541), new("cloud", "grpc://127.0.0.1:8003", 61)],
            [new ServedDifference("dev-17", text, "System.IO at edge", "System.Net at edge")], [], 21.4)
        {
            Examples = [new("mobile", text, "System.IO", 0.97, "System.IO"), new("edge", text, "System.Net", 0.61, "System.IO")],
        },
        Provenance = new Provenance(
            ["dimec demo --out demo --seed 7", "dimec report demo --out report.html"],
            [new("seed", "7"), new("exits", "2,4,6"), new("learning rate", "1.5e-4"), new("μ_c", "0 … 0.2 in 21 steps")],
            [
                new("dimec", "0.1.0"),
                new(".NET", "10.0.12"),
                new("libtorch", "2.10.0"),
                new("ONNX Runtime", "1.31.1"),
                new("processor", "2 cores, AVX2"),
            ],
            [new("model/model.safetensors", 90_868_376, new string('a', 64)), new("plan.json", 31_204, new string('7', 64))]),
    };

    public static Plan Plan(string policy) => new()
    {
        Factory = new MadePolicy(policy),
        Parameters = NoParameters.Instance,
        Costs = CostStructure.Default([2, 4, 6]),
        Expected = new ExpectedOutcome(
            0.9, 4.5, 0.5, 0.001, new Dictionary<string, double> { ["mobile"] = 0.3, ["edge"] = 0.6, ["cloud"] = 0.1 }),
    };

    private static PolicyEvaluation Row(string name, double[] shares, double drop, CostStructure costs)
    {
        var accuracy = 0.87 - drop;
        var cost = shares.Select((share, t) => share * costs.Of(t)).Sum() + (name == "cascade" ? 0.6 * costs.Of(0) : 0);
        return new PolicyEvaluation(
            name, JsonDocument.Parse("{}").RootElement,
            costs.Tiers.Select((t, i) => (t.Name, shares[i])).ToDictionary(p => p.Name, p => p.Item2),
            accuracy, new Interval(accuracy - 0.024, accuracy + 0.022),
            new Dictionary<string, double> { ["accuracy"] = accuracy, ["f1"] = accuracy - 0.01 },
            cost, 1 - (cost / costs.Cloud), drop, name == "cloud" ? new Interval(0, 0) : new Interval(drop - 0.0052, drop + 0.0061));
    }
}
