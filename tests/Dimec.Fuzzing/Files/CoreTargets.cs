using System.Text.Json;
using Dimec.Bundles;
using Dimec.Cartography;
using Dimec.Costs;
using Dimec.Costs.Energy;
using Dimec.Costs.Measured;
using Dimec.Costs.Prices;
using Dimec.Evaluation;
using Dimec.Evaluation.Pools;
using Dimec.Fuzzing.Made;
using Dimec.Fuzzing.Mutation;
using Dimec.Jobs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Policies.Resuming;
using Dimec.Predictions;
using Dimec.Testing;
using Dimec.Testing.Predictions;

namespace Dimec.Fuzzing.Files;

/// <summary>The core's files of JSON.</summary>
internal static class CoreTargets
{
    private const string Hash = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    public static IEnumerable<Func<FuzzTarget>> All =>
    [
        () => Json("bundle-json", "bundle.json", [TextFiles.Written(Manifest().Write)],
            bytes => Again.Same(bytes, stream => BundleManifest.Read(stream, "bundle.json"), (manifest, to) => manifest.Write(to))),
        () => Json("plan-json", "plans of every policy", Plans(), ReadPlan, share: 3),
        () => Json("costs-json", "costs", [Documents.Costs, Documents.MeasuredCosts, TextFiles.Written(CostStructure.Default([1, 2,
            3]).Write)],
            bytes => Again.Same(
                bytes, stream => CostStructure.Read(stream, "costs.json", PolicyList.Default.ReservedNames),
                (costs, to) => costs.Write(to))),
        () => Json("measurement-json", "measurements", [TextFiles.Written(Measured.Create().Write)],
            bytes => Again.Same(bytes, stream => Measurement.Read(stream, "measured.json"), (measured, to) => measured.Write(to))),
        () => Json("prices-json", "prices and energy", [Documents.Prices, Documents.Energy], ReadPrices),
        () => Json("deployed-json", "deployed.json", [Documents.Deployed],
            bytes => Again.Same(bytes, stream => DeploymentRecord.Read(stream, "deployed.json"), (record, to) => record.Write(to))),
        () => Json("evaluation-json", "evaluations and their pools", Evaluations(), ReadEvaluation),
        () => Lines("predictions", "predictions, and files of them that grow", [Documents.Predictions, Documents.PlainPredictions],
            bytes => Again.Same(bytes, stream => RecordedExits.Read(stream, "dev", "dev.jsonl"), (exits, to) => exits.Write(to)), share: 2),
        () => Lines("golden", "golden.jsonl", [Documents.Golden],
            bytes => Again.Same(
                bytes, stream => GoldenSamples.Read(stream, "golden.jsonl"), (samples, to) => GoldenSamples.Write(samples, to))),
        () => Lines("metrics", "td_metrics.jsonl", [Documents.Metrics],
            bytes => Again.Same(
                bytes, stream => MetricsFile.Read(stream, "td_metrics.jsonl"), (metrics, to) => MetricsFile.Write(metrics, to))),
        () => Lines("dynamics", "training dynamics, joined by their guids", [Documents.EpochOne], ReadDynamics),
        () => new PathTarget("job-json", "state of a job that goes on", Documents.Job, path => ResumableState.Read(path).Write(path)),
    ];

    /// <summary>A reader of one document of JSON.</summary>
    public static FuzzTarget Json(string name, string what, IReadOnlyList<string> valid, Action<byte[]> read, double share = 1)
    {
        JsonTree[] trees = [.. valid.Select(JsonTree.Parse)];
        return new ReaderTarget(
            name, what, random => JsonMutator.Mutate(random, [trees[random.Next(trees.Length)]]), read, FirstStage.IsJson, share);
    }

    private static ReaderTarget Lines(string name, string what, IReadOnlyList<string> valid, Action<byte[]> read, double share = 1)
    {
        JsonTree[][] trees = [.. valid.Select(document => (JsonTree[])[.. Documents.Lines(document).Select(JsonTree.Parse)])];
        return new ReaderTarget(
            name, what, random => JsonMutator.Mutate(random, trees[random.Next(trees.Length)]), read, FirstStage.IsJsonLines, share);
    }

    private static BundleManifest Manifest() => new()
    {
        Revision = 3,
        Labels = ["no", "yes"],
        MaxLength = 128,
        HasPair = true,
        UsesTokenTypes = true,
        Embeddings = new EmbeddingTables(
            "mobile.onnx", 4, new(0, 10, 4), new(160, 8, 4), new(288, 2, 4), new(320, 1, 4), new(336, 1, 4), 1e-12,
                EmbeddingKind.LayerNorm),
        Tiers = [new("mobile", 2, 2, "mobile.onnx"), new("cloud", 6, 6, "cloud.onnx")],
        Files = [.. new[] { "mobile.onnx", "cloud.onnx", "tokenizer.json", "plan.json", "golden.jsonl" }.Select(name =>
            new BundleFile(name, 7, Hash))],
    };

    private static string[] Plans()
    {
        var planner = new Planner(new MadeTask(samples: 40).Request(maxDrop: 1));
        List<string> plans = [];
        foreach (var family in PolicyList.Default.For(CostStructure.Default([2, 4, 6])))
        {
            try
            {
                if (planner.Plan(family.Name) is PlanOutcome.Planned planned)
                    plans.Add(TextFiles.Written(planned.Plan.Write));
            }
            catch (InputException)
            {
                // What asks for more than the made task has: an exit at every layer, or states.
            }
        }

        using var walk = new WalkBundle();
        plans.Add(TextFiles.Written(walk.Bundle.Plan.Write));
        plans.Add(FullPlan("hybrid", Documents.Hybrid));
        plans.Add(FullPlan("ladder", Documents.LearnedLadder));
        return [.. plans];
    }

    /// <summary>A plan that says all that a plan can say besides.</summary>
    private static string FullPlan(string policy, string parameters)
    {
        var costs = CostStructure.Read(TextFiles.Stream(Documents.MeasuredCosts), "costs", PolicyList.Default.ReservedNames);
        var factory = PolicyList.Default.Find(policy, costs, "policy");
        return TextFiles.Written(new Plan
        {
            Factory = factory,
            Parameters = factory.Read(JsonElement.Parse(parameters), costs, "plan"),
            Costs = costs,
            Expected = new ExpectedOutcome(0.5, 1, 0, 0, new Dictionary<string, double> { ["mobile"] = 0.5, ["cloud"] = 0.5 }),
            Revision = 2,
            Previous = Hash,
            MaxDrop = 0.01,
            Exits = new ExportedExits(ModelPrecision.Int8, Hash, ProcessorKind.X64),
            HiddenStates = new HiddenStateTransfer(HiddenStateFormat.Fp16, Compressed: true),
            MadeFrom = new Dictionary<string, string> { ["run/dev.jsonl"] = Hash },
            Notes = ["A note."],
        }.Write);
    }

    private static void ReadPlan(byte[] bytes) => Again.Same(
        bytes,
        stream =>
        {
            var plan = Plan.Read(stream, "plan.json");
            _ = plan.Pools;
            if (PolicyList.Default.IsServed(plan.Policy, plan.Costs))
                plan.CreatePolicy();
            return plan;
        },
        (plan, to) => plan.Write(to));

    private static void ReadPrices(byte[] bytes)
    {
        try
        {
            PriceList.Read(new MemoryStream(bytes), "prices.json");
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
            EnergyProfile.Read(new MemoryStream(bytes), "energy.json");
        }
    }

    private static string[] Evaluations()
    {
        var task = new MadeTask(samples: 40);
        var request = task.Request(maxDrop: 1);
        var pools = ((PlanOutcome.Planned)new Planner(request).Plan("pools")).Plan;
        return
        [
            TextFiles.Written(Evaluator.Evaluate([pools], task.Reported, request.Costs,
                new EvaluationOptions { BootstrapDraws = 100 }).Write),
            TextFiles.Written(PoolTiers.Measure(pools, request.Training!, task.Reported, seed: 1).Write),
        ];
    }

    private static void ReadEvaluation(byte[] bytes)
    {
        try
        {
            Again.Same(bytes, stream => EvaluationDocument.Read(stream, "evaluation.json"), (document, to) => document.Write(to));
        }
        catch (InputException wrong)
        {
            Sentences.Check(wrong);
            Again.Same(bytes, stream => PoolTiers.Read(stream, "pools.json"), (tiers, to) => tiers.Write(to));
        }
    }

    private static void ReadDynamics(byte[] bytes)
    {
        var first = Documents.EpochZero;
        var read = DataMap.Read(
            [new DynamicsEpoch(0, "0", () => TextFiles.Stream(first)), new DynamicsEpoch(1, "1", () => new MemoryStream(bytes))],
            new CartographyOptions());
        foreach (var sample in read)
        {
            if (sample.Confidence is not (>= 0 and <= 1))
                throw new BrokenPromiseException($"a confidence is {sample.Confidence}");
        }
    }
}
