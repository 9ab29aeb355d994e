using System.Text.Json;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Evaluation.Calibration;
using Dimec.Evaluation.CrossFitting;
using Dimec.Evaluation.Parts;
using Dimec.Evaluation.Pools;
using Dimec.Evaluation.Routers;
using Dimec.Policies;
using Dimec.Statistics;
using Dimec.Studies.Ablations;
using Dimec.Studies.Measures;
using Dimec.Studies.Seeds;
using Dimec.Studies.Sweeps;

namespace Dimec.Reporting.Tests.Made;

/// <summary>A made study with the proportions of a real one. Nothing in it was measured.</summary>
internal static class MadeStudy
{
    private const int Samples = 120;

    public static StudyInputs Of(params StudyTask[] tasks) => new()
    {
        Title = "Study",
        Tasks = tasks.Length > 0 ? tasks : [Task("rte", Depths(3, [2, 4, 6])), Task("mrpc", Depths(3, [2, 4, 6]), Depths(3, [1, 3, 6]))],
        MaxDrop = 0.005,
        MadePromises = MadeRedraws.Of(0, 40_000, [10_000]) with { Known = MadeRedraws.Known },
        Provenance = new Provenance(
            ["dimec study --tasks rte,mrpc --seeds 3 --out study"], [new("seeds", "0, 1, 2")], [new("dimec", "0.1.0")],
            [new("rte/seed-0/model.safetensors", 90_868_376, new string('a', 64))]),
    };

    public static StudyTask Task(string name, params StudyDepths[] depths) => new()
    {
        Name = name,
        Description = "2 classes; a sample is a pair of texts.",
        Parts = [new("train", 2000, "the encoder is trained on it"), new("dev", Samples, "reported")],
        Seeds = [.. Enumerable.Range(0, depths[0].Runs.Count).Select(seed => (long)seed)],
        Depths = depths,
        DataMap = MadeMap.Of(600),
        Warnings = ["Seed 1: Exit 2 <answers> all alike."],
    };

    public static StudyDepths Depths(
        int seeds, int[] layers, int classes = 2, CostStructure? costs = null, bool sweeps = true, bool bare = false)
    {
        costs ??= CostStructure.Default(layers);
        RunMeasures[] runs = [.. Enumerable.Range(0, seeds).Select(seed => Run(costs, classes, seed, bare))];
        return new StudyDepths
        {
            Seeds = SeedsDocument.Of(runs, 0.005, new EvaluationOptions { BootstrapDraws = 200 }),
            Runs = runs,
            Sweeps = sweeps ? [.. Enumerable.Range(0, seeds).Select(seed => Sweep(costs, seed))] : [],
            PoolTiers = bare ? [] : [.. runs.Select(_ => Pools(costs))],
            Promises = bare ? [] : [.. Enumerable.Range(0, seeds).Select(seed => MadeRedraws.Of(seed, 500, [367, 10_000]))],
            Ablations = bare ? null : new AblationTable("dev", Samples, seeds, costs, 0.005,
            [
                new("--hard", "low-confidence", true, seeds, seeds, Figures(0), []),
                new("--hard", "corner", false, seeds, seeds - 1, Figures(0.01), ["No <plan> keeps it."]),
                new("--burn-out", "3", false, 0, 0, null, ["There is one epoch."]),
            ]),
        };
    }

    private static AblationFigures Figures(double more) =>
        new(0.4 + more, 0.8, Estimate(0.001), Estimate(more), Estimate(-more), 0.79, -more);

    private static Estimate Estimate(double value) => new(value, new Interval(value - 0.01, value + 0.01));

    private static PoolTiers Pools(CostStructure costs) => new(
        "dev", Samples,
        [.. costs.Tiers.Select((tier, pool) => new PoolRow(
            tier.Name, pool == 0 ? 0 : 100, pool == 0 ? null : 0.9, pool == 0 ? null : 0.1, pool == 0 ? 0 : 40,
            [.. costs.Tiers.Select(other => new PoolAccuracy(other.Name, pool == 0 ? 0 : 30, pool == 0 ? null : Estimate(0.75)))]))],
        [.. costs.Tiers.Select((tier, t) => new PoolTrend(tier.Name, t == 0 ? null : -0.04, t == 0 ? null : 0.012))]);

    private static RunMeasures Run(CostStructure costs, int classes, int seed, bool bare)
    {
        var random = new Random(seed);
        int[] gold = [.. Enumerable.Range(0, Samples).Select(i => i % classes)];
        string[] policies = [.. PolicyList.Default.For(costs).Select(family => family.Name)];
        SampleOutcomes[] outcomes = [.. policies.Select((policy, place) => Outcome(policy, costs, random))];
        return new RunMeasures
        {
            Evaluation = new EvaluationDocument("dev", Samples, costs, [.. outcomes.Select(outcome => Row(outcome, costs))])
            {
                NotPossible = bare ? [] : [new("agreement", "No point <keeps> the drop.")],
            },
            WithoutOffload = bare
                ? null
                : new EvaluationDocument("dev", Samples, costs.WithoutOffload()!, [.. outcomes.Select(outcome => Row(outcome, costs))]),
            CrossFit = new CrossFitDocument(
                "dev", Samples, 5, costs,
                [.. outcomes.Select(outcome => new CrossFitRow(outcome.Policy, 0.8, 4, 0.5, 0.01, new Interval(-0.01, 0.03), 0.9))]),
            Shift = new EnergyDistanceTest(0.01, seed == 0 ? 0.001 : 0.4, 100, Samples),
            Exits = [.. costs.Tiers.Select(tier => new ExitMeasure(
                tier.Depth, 0.8, new Interval(0.75, 0.85), new Dictionary<string, double> { ["f1"] = 0.81, ["accuracy"] = 0.8 },
                new ExitCalibration(tier.Depth, 1.4, Reliability(), Reliability())))],
            Routers = bare ? [] : [new("pools", costs.Tiers[0].Name, new Auroc(0.6, new Interval(0.5, 0.7), 90, 30)), new(
                "cascade", costs.Tiers[0].Name, new Auroc(0.7, new Interval(0.6, 0.8), 90, 30)),
                new("cascade", costs.Tiers[^1].Name, null)],
            Frontiers = bare ? [] :
            [
                new("pools", [new(2, 0.7, 0.75, 0.05, 0), new(5, 0.4, 0.8, 0, 0.1)], 0.79, new CallPerformance(0.1, null, 0.9, 0.55)),
                new("patience", [new(20, -1, 0.8, 0, 1)], double.NaN, null),
            ],
            Regrets = bare ? [] : [new("splitee", 20, [60, Samples], [10, 15]), new("ceebert", 20, [60, Samples], [4, 8])],
            Outcomes = outcomes,
            Gold = gold,
            SamplesHash = "ab",
        };
    }

    private static ReliabilityCurve Reliability() =>
        new(
            [.. Enumerable.Range(0, 15).Select(bin => new ReliabilityBin(
                bin / 15.0, (bin + 1) / 15.0, bin < 7 ? 0 : 15, bin < 7 ? 0 : (bin + 0.5) / 15, bin < 7 ? 0 : 0.8))], 0.05, Samples);

    private static SampleOutcomes Outcome(string policy, CostStructure costs, Random random)
    {
        var tier = costs.IndexOf(policy);
        return new SampleOutcomes(
            policy, [.. Enumerable.Range(0, Samples).Select(_ => random.NextDouble() < 0.85)],
            [.. Enumerable.Range(0, Samples).Select(i => tier >= 0 ? costs.Of(tier) : costs.Of(i % costs.Tiers.Count))]);
    }

    private static PolicyEvaluation Row(SampleOutcomes outcome, CostStructure costs)
    {
        var (accuracy, cost) = (outcome.Right.Count(right => right) / (double)Samples, outcome.Costs.Average());
        var shares = costs.Tiers
            .Select((tier, t) => (tier.Name, Share: outcome.Costs.Count(other => other == costs.Of(t)) / (double)Samples))
            .ToDictionary(share => share.Name, share => share.Share);
        return new PolicyEvaluation(
            outcome.Policy, JsonDocument.Parse("{}").RootElement, shares, accuracy, new Interval(accuracy - 0.05, accuracy + 0.05),
            new Dictionary<string, double> { ["f1"] = accuracy + 0.02, ["accuracy"] = accuracy }, cost, 1 - (cost / costs.Cloud), 0.01,
            new Interval(-0.01, 0.03));
    }

    private static SweepDocument Sweep(CostStructure centre, int seed)
    {
        string[] policies = [.. PolicyList.Default.For(centre).Select(family => family.Name)];
        var rows = CostGrid.Around(centre, 2).Select((costs, place) => new SweepRow(
            costs, [.. policies.Select((policy, p) => new SweepCell(policy, true, 0.01 * ((p + place) % 7), 0.001 * p))],
            policies[(place + seed) % 2 == 0 ? 1 : centre.Tiers.Count]));
        return new SweepDocument("dev", Samples, 0.005, [.. rows]);
    }
}
