using System.CommandLine;
using Dimec.Cli.Output;
using Dimec.Inference;
using Dimec.Predictions;
using Dimec.Reporting;
using Dimec.Runs;
using Dimec.Runs.Parts;
using Dimec.Runs.Plans;
using Dimec.Runs.Records;
using Dimec.Text;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec predict</c>: what an exported bundle's exits say of a task's parts, as a folder to plan and evaluate on.</summary>
internal sealed class PredictCommand(CommandContext context) : ICliCommand
{
    private readonly Argument<string> _bundle = new("BUNDLE")
    {
        Description = "The folder that 'dimec export' wrote; with --texts also one that 'dimec train' wrote.",
    };

    private readonly Option<string?> _run = new("--run")
    {
        Description = "The run that the bundle was exported from: its data are read, and its dynamics and exit 0 taken over, "
            + "which pools and routers are planned from.",
    };

    private readonly Option<string?> _texts = new("--texts")
    {
        Description = "A file of texts without labels (.tsv, .jsonl or .txt, laid out as the data), e.g. of what is served: "
            + "--out is then a predictions file, on which 'dimec plan --calibration' tests a promise.",
    };

    private readonly DataOptions _data = new(required: false);
    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder of the predictions: new, empty, or one that 'dimec predict' wrote; with --texts the file.",
        Required = true,
    };

    public Command Build()
    {
        var command = new Command("predict", "Records what a bundle's exits say, as exported, for 'dimec plan' and 'dimec evaluate'.")
        {
            _bundle, _run, _texts,
        };
        _data.AddTo(command);
        command.Add(_out);
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(_texts) is { } texts)
        {
            var prediction = new TextsPrediction(parsed.GetRequiredValue(_bundle), parsed.GetValue(_run), _data.Spec(parsed));
            var recorded = prediction.Write(texts, parsed.GetRequiredValue(_out), stop);
            context.Console.WriteLine(
                $"What the exits say of {Formatting.Count(recorded)} texts is in {parsed.GetRequiredValue(_out)}.");
            return ExitCodes.Done;
        }

        var errors = new InputErrors();
        var bundle = errors.Try(() => Bundle.Open(parsed.GetRequiredValue(_bundle)));
        var run = parsed.GetValue(_run) is { } path ? errors.Try(() => RunFolder.Open(path)) : null;
        var spec = errors.Try(() => _data.Spec(parsed) ?? (run is null ? null : RunData.Of(run)));
        if (errors.Count == 0 && spec is null)
            errors.Add("--data", "is missing, and so is --run", "name the run that the bundle was exported from, or the data");
        errors.ThrowIfAny();
        if (run is not null)
            RequireOrigin(bundle!, run);
        var data = spec!.Load(stop);
        RequireFit(bundle!, data);

        var output = parsed.GetRequiredValue(_out);
        var parts = new ExportedParts
        {
            Exits = new ExportedExits(bundle!.Manifest.Precision, bundle.Hash, Processor.Kind),
            Data = data,
            Record = part => BundleExits.Record(bundle, part, stop),
            Embed = part => BundleExits.Embed(bundle, part),
            Run = run,
        };
        parts.Write(output, part => context.Console.WriteNote($"recording {part}"), stop);
        Print(new RunFolder(output), bundle);
        return ExitCodes.Done;
    }

    /// <summary>
    /// A plan that is made here is exported with the run's model, so it has to be the one that the bundle was exported from.
    /// </summary>
    private static void RequireOrigin(Bundle bundle, RunFolder run)
    {
        if (PlanOrigin.Of(bundle.Plan, run).Changed is [var file, ..])
        {
            throw new InputException(
                Path.Combine(run.Path, file), "is not the file that the bundle's plan was made from",
                "give the run that the bundle was exported from, or export it again from this one");
        }
    }

    /// <summary>Classes are compared by their place, so the labels have to be the bundle's, one by one.</summary>
    private static void RequireFit(Bundle bundle, TaskData data)
    {
        if (!bundle.Manifest.Labels.SequenceEqual(data.Labels) || bundle.Manifest.HasPair != data.HasPair)
        {
            throw new InputException(
                OptionNames.Of(CallArgument.Spec),
                $"has the labels {string.Join(", ", data.Labels)} of {(data.HasPair ? "pairs of texts" : "texts")} where the bundle has "
                + $"{string.Join(", ", bundle.Manifest.Labels)} of {(bundle.Manifest.HasPair ? "pairs" : "texts")}",
                "give the data of the task that the bundle was trained on");
        }
    }

    private void Print(RunFolder folder, Bundle bundle)
    {
        var parts = new RunParts(folder);
        var table = FigureTable.Of("exit", "n", "accuracy on dev");
        var dev = parts.Predictions(PartNames.Dev);
        var isLabelled = !dev.Gold.Contains(-1);
        foreach (var (place, exit) in dev.Exits.Index())
        {
            table.Add(
                $"{exit}", Formatting.Count(dev.Count),
                isLabelled ? Formatting.Percent(dev.Right(place).Count(right => right) / (double)dev.Count) : "–");
        }

        context.Console.Tables.Write(table);
        context.Console.WriteLine(
            $"What the {ChoiceNames.Of(bundle.Manifest.Precision)} exits say is in {folder.Path}. "
            + $"Next: dimec plan {folder.Path} --policy any --out {Path.Combine(folder.Path, "plan.json")}");
    }
}
