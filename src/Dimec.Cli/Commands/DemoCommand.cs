using System.CommandLine;
using Dimec.Bundles;
using Dimec.Cli.Demo;
using Dimec.Cli.Output;
using Dimec.CommandLine.Serve;
using Dimec.Costs.Measured;
using Dimec.Files;
using Dimec.Inference;
using Dimec.Planning;
using Dimec.Pools;
using Dimec.Predictions;
using Dimec.Reporting;
using Dimec.Runs.Evaluations;
using Dimec.Runs.Parts;
using Dimec.Runs.Plans;
using Dimec.Text;
using Dimec.Training;
using Spectre.Console;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec demo</c>: the whole way once, on real text, with three tiers that really run apart.</summary>
internal sealed class DemoCommand(CommandContext context) : ICliCommand
{
    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder of everything that is made; finished steps are not done again.",
        DefaultValueFactory = _ => "dimec-demo",
    };

    private readonly Option<string> _data = new("--data")
    {
        Description = "The data, as in 'dimec train'.",
        DefaultValueFactory = _ => DemoDefaults.Data,
    };

    private readonly Option<string> _backbone = new("--backbone")
    {
        Description = "The pretrained encoder, as in 'dimec train'.",
        DefaultValueFactory = _ => Backbones.MiniLmName,
    };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "Passes over the training samples.",
        DefaultValueFactory = _ => DemoDefaults.Epochs,
    };

    private readonly Option<int?> _limit = new("--limit") { Description = "At most this many training samples (default: 6000)." };
    private readonly Option<int?> _heldOut = new("--held-out-limit")
    {
        Description = "At most this many samples in each part that is split off; dev is what is served (default: 2000).",
    };

    private readonly Option<string?> _precision = PrecisionOption.Create(Precision.Auto);
    private readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON." };

    public Command Build()
    {
        var command = new Command(
            "demo", "Trains, maps, plans, exports, serves on three tiers and reports, in about five minutes. " + ServeCommand.Telemetry)
        {
            _out, _data, _backbone, _epochs, _limit, _heldOut, _precision, _json,
        };
        command.SetAction((parsed, stop) => Task.Run(() => RunAsync(parsed, stop), CancellationToken.None));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var began = context.Time.GetTimestamp();
        var folder = new DemoFolder(parsed.GetRequiredValue(_out));
        var training = Prepare(parsed, folder);
        var data = training.Data.Load(stop);

        Step("1/6 train");
        TrainCommand.Print(training.Run(data, context, stop), context.Console.Error, context.Console.WriteWarning);

        Step("2/6 map");
        if (!File.Exists(folder.Run.Metrics) || !File.Exists(folder.Run.DataMap))
        {
            DataMapPlot.Write(Runs.Run.Open(folder.Run.Path).Map(cancellationToken: stop), folder.Run);
        }

        Step("3/6 plan");
        var planner = new Planner(PlanInputs.ReadAt(
            folder.Run, DemoDefaults.Costs, new PlanChoices(DemoDefaults.Planning, new MetricsChoice())));
        if (planner.Plan(DemoDefaults.Policy) is not PlanOutcome.Planned planned)
        {
            context.Console.WriteWarning(
                $"not possible: {DemoDefaults.Policy} cannot keep the drop on the "
                + $"selection part at {Formatting.Points(DemoDefaults.MaxDrop)} points.");
            return ExitCodes.NotPossible;
        }

        Step("4/6 export");
        Export(folder, planned.Plan, stop);

        Step("5/6 serve");
        var bundle = Bundle.Open(folder.Bundle);
        var (served, seconds) = await ServeAsync(folder, bundle, data.Dev, stop);

        Step("6/6 compare");
        return Compare(parsed, folder, bundle, data, planner, planned, served, seconds, began, stop);
    }

    private TrainingCall Prepare(ParseResult parsed, DemoFolder folder)
    {
        var data = parsed.GetRequiredValue(_data);
        var errors = new InputErrors();
        var arguments = new TrainingArguments
        {
            Out = folder.Run.Path,
            Exits = DemoDefaults.Exits,
            Backbone = parsed.GetRequiredValue(_backbone),
            Epochs = parsed.GetValue(_epochs),
            Precision = ChoiceOption.Value(parsed, _precision, Precision.Auto, errors),
            Notes = new Dictionary<string, string> { ["command"] = context.CommandLine, ["--data"] = data },
        };
        return TrainingCall.Check(() => DemoDefaults.Spec(data, parsed.GetValue(_limit), parsed.GetValue(_heldOut)), arguments, errors);
    }

    private void Export(DemoFolder folder, Plan plan, CancellationToken stop)
    {
        using var made = new MemoryStream();
        plan.Write(made);
        var same = File.Exists(folder.Plan) && InputFile.ReadAllBytes(folder.Plan).AsSpan().SequenceEqual(made.ToArray());
        if (same && File.Exists(Path.Combine(folder.Bundle, BundleManifest.FileName)))
            return;
        AtomicFile.Write(folder.Costs, plan.Costs.Write);
        AtomicFile.Write(folder.Plan, plan.Write);
        ExportCommand.Write(folder.Run, folder.Plan, folder.Bundle, ModelPrecision.Fp32, revision: null, context.Console, stop);
    }

    private async Task<(IReadOnlyList<ServedAnswer> Answers, double Seconds)> ServeAsync(
        DemoFolder folder, Bundle bundle, Dataset dev, CancellationToken stop)
    {
        var guids = dev.Samples.Select(sample => sample.Guid).ToArray();
        if (File.Exists(folder.MeasuredCosts) && ServedFile.Read(folder.Served, bundle.Hash, guids) is { } earlier)
            return earlier;
        var (answers, seconds, measurement) = await DemoServing.ServeAsync(bundle, dev, context.Console, context.Time, stop);
        AtomicFile.Write(folder.Measured, measurement.Write);
        AtomicFile.Write(folder.MeasuredCosts, new CostConversion(measurement, FileHash.Of(folder.Measured)).Milliseconds().Write);
        ServedFile.Write(folder.Served, bundle.Hash, answers, seconds);
        return (answers, seconds);
    }

    private int Compare(
        ParseResult parsed, DemoFolder folder, Bundle bundle, TaskData data, Planner planner, PlanOutcome.Planned planned,
        IReadOnlyList<ServedAnswer> served, double seconds, long began, CancellationToken stop)
    {
        var trained = new RunParts(folder.Run).Predictions(PartNames.Dev);
        var offline = BundleExits.Record(bundle, data.Dev, stop);
        var comparison = ServedComparison.Of(planned.Plan, offline, served);
        var evaluations = RunEvaluation.AtAllCosts(planner, trained, data.Name);
        var inputs = RunReport.Inputs(
            folder.Run, evaluations, trained, planned.Plan, DemoDefaults.MaxDrop,
            DemoReport.Check(comparison, data, planned.Plan, served, seconds), [context.CommandLine]);
        AtomicFile.Write(folder.Report, stream => HtmlReport.Write(inputs, stream));
        AtomicFile.Write(folder.Summary, stream => SummaryPicture.WritePng(DemoReport.Summary(inputs, planned.Plan), stream));

        var inMs = MeasuredPlan.Of(folder.MeasuredCosts, planned.Plan, offline);
        var largest = LargestDifference(trained, offline);
        var elapsed = context.Time.GetElapsedTime(began).TotalSeconds;
        if (parsed.GetValue(_json))
        {
            context.Console.WriteJson(DemoReport.Json(folder, inputs, comparison, inMs, largest, elapsed));
        }
        else
        {
            foreach (var evaluation in evaluations)
                EvaluationTable.Write(context.Console, evaluation);
            DemoReport.Print(context.Console, inputs, comparison, inMs, largest);
            context.Console.WriteLine($"The report is in {folder.Report} ({Formatting.Number(elapsed, 0)} s).");
        }

        if (comparison.IsEqual)
            return ExitCodes.Done;
        context.Console.WriteWarning("The tiers answered otherwise than the exported models say; see the differences in the report.");
        return ExitCodes.Failed;
    }

    /// <summary>The largest difference between the trained model's logits and the exported ones, over all samples and exits.</summary>
    private static double LargestDifference(RecordedExits trained, RecordedExits exported)
    {
        var largest = 0.0;
        for (var i = 0; i < exported.Count; i++)
        {
            for (var e = 0; e < exported.Exits.Count; e++)
            {
                for (var c = 0; c < exported.Classes; c++)
                {
                    var own = trained.Logits(i, trained.IndexOfExit(exported.Exits[e]));
                    largest = Math.Max(largest, Math.Abs(own[c] - exported.Logits(i, e)[c]));
                }
            }
        }

        return largest;
    }

    private void Step(string name) => context.Console.WriteStep(name);
}
