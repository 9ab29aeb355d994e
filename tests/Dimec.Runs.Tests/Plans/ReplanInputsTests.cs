using Dimec.Costs;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Runs.Plans;
using Dimec.Runs.Records;

namespace Dimec.Runs.Tests.Plans;

/// <summary>Whose exits were recorded, and whether a run can be planned on with them.</summary>
public sealed class ReplanInputsTests : IDisposable
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 6]);

    private readonly TemporaryFolder _folder = new();

    public ReplanInputsTests() => Write("run/predictions/selection.jsonl", MadeTraffic.Of(PartNames.Selection, 60, seed: 1));

    private RunFolder Run => new(_folder.File("run"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_run_is_taken_at_the_exits_that_were_recorded_and_at_the_served_plans_costs()
    {
        var file = Recorded("a", [2, 6]);
        var inputs = ReplanInputs.Read(Run, file, costs: null, PlanChoices.Default, Served("a", ModelPrecision.Fp32));
        Assert.Equal([2, 6], inputs.Request.Selection.Exits.Exits);
        Assert.True(inputs.Request.Selection.Exits.HasExitZero);
        Assert.Equal((s_costs, 40, false), (inputs.Request.Costs, inputs.Part.Exits.Count, inputs.Part.IsLabelled));
        Assert.Equal(FileHash.Of(file), inputs.Request.MadeFrom[file]);
    }

    [Fact]
    public void What_a_bundle_of_few_bits_says_is_planned_on_beside_what_the_same_models_exits_say_of_the_run()
    {
        var file = Recorded("b", [2, 6], "int8");
        var refused = "holds other exits than the bundle's, which are of int8";
        // The trained model's exits are others.
        Refused(refused, file, Served("b", ModelPrecision.Int8));
        // Those of this bundle, or of another of the same trained model in the same numbers.
        Exits("b", ModelPrecision.Int8, "m1");
        Accepted(file, Served("b", ModelPrecision.Int8));
        Accepted(file, served: null);
        Exits("first", ModelPrecision.Int8, "m1");
        Accepted(file, Served("b", ModelPrecision.Int8, "m1"));
        Refused(refused, file, Served("b", ModelPrecision.Int8, "m2"));
        Refused(refused, file, Served("b", ModelPrecision.Int8));
        Exits("first", ModelPrecision.Fp16, "m1");
        Refused(refused, file, Served("b", ModelPrecision.Int8, "m1"));
        Refused("holds what the bundle b says in int8", file, served: null);
    }

    [Fact]
    public void What_another_bundle_says_or_nobody_is_refused()
    {
        Refused("holds what the bundle a says, and this is c", Recorded("a", [2, 6]), Served("c", ModelPrecision.Fp32));
        Refused("holds what the bundle a says in int8", Recorded("a", [2, 6], "int8"), served: null);
        var nameless = Write("nameless.jsonl", MadeTraffic.Of(PartNames.Calibration, 40, seed: 2, labelled: false, prefix: "v"));
        Refused("does not say which bundle's exits it holds", nameless, Served("a", ModelPrecision.Fp32));
        // A run's own model says nothing of bundles.
        Accepted(nameless, served: null);
        Refused("has the exits 6, and tiers end at 2 as well", Recorded("a", [6]), Served("a", ModelPrecision.Fp32));
    }

    private void Accepted(string file, ServedPlan? served) =>
        Assert.Equal(40, ReplanInputs.Read(Run, file, null, PlanChoices.Default, served).Part.Exits.Count);

    private void Refused(string problem, string file, ServedPlan? served) => Assert.StartsWith(
        problem, TextFiles.Error(() => ReplanInputs.Read(Run, file, null, PlanChoices.Default, served)).Problem, StringComparison.Ordinal);

    private void Exits(string bundle, ModelPrecision precision, string model) => new ExitsRecord(
        new ExportedExits(precision, bundle, ProcessorKind.X64),
        new Dictionary<string, string> { ["model/model.safetensors"] = model }).Write(Run);

    private static ServedPlan Served(string bundle, ModelPrecision precision, string? model = null) => new(
        new Plan
        {
            Factory = PolicyList.Default.Find("cloud", s_costs, "policy"),
            Parameters = NoParameters.Instance,
            Costs = s_costs,
            Expected = new ExpectedOutcome(0, 0, 0, 0, new Dictionary<string, double>()),
            MadeFrom = model is null
                ? new Dictionary<string, string>()
                : new Dictionary<string, string> { ["model/model.safetensors"] = model },
        },
        "hash")
    {
        Bundle = new ExportedExits(precision, bundle, ProcessorKind.Arm64),
    };

    private string Recorded(string bundle, int[] exits, string precision = "fp32")
    {
        var part = MadeTraffic.Of(PartNames.Calibration, 40, seed: 2, labelled: false, prefix: "v").WithExits(exits);
        var file = Write($"{bundle}-{precision}-{exits.Length}.jsonl", part);
        var said = $",\"exits\":{{\"precision\":\"{precision}\",\"bundle\":\"{bundle}\",\"processor\":\"x64\"}}}}";
        File.WriteAllText(file, string.Concat(File.ReadAllLines(file).Select(line => line[..^1] + said + "\n")));
        return file;
    }

    private string Write(string name, RecordedExits exits)
    {
        var file = _folder.File(name.Split('/'));
        AtomicFile.Write(file, exits.Write);
        return file;
    }
}
