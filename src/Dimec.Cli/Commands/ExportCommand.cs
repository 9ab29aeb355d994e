using System.CommandLine;
using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Cli.Output;
using Dimec.Export;
using Dimec.Reporting;
using Dimec.Runs;
using Dimec.Runs.Parts;
using Dimec.Runs.Plans;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec export</c>: the bundle that tiers serve and clients carry.</summary>
internal sealed class ExportCommand(CommandContext context) : ICliCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = "The folder that 'dimec train' wrote." };
    private readonly Option<string> _plan = new("--plan") { Description = "The plan that 'dimec plan' wrote.", Required = true };
    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder of the bundle; an existing one is replaced as a whole.",
        Required = true,
    };

    private readonly Option<int> _revision = new("--revision")
    {
        Description = "The bundle's revision: the model version in the tiers' URLs.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the manifest." };

    public Command Build()
    {
        var command = new Command("export", "Exports one ONNX model a tier, with tokenizer, plan, golden answers and hashes.")
        {
            _run, _plan, _out, _revision, _json,
        };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var (run, plan, output) = (
            RunFolder.Open(parsed.GetRequiredValue(_run)), parsed.GetRequiredValue(_plan), parsed.GetRequiredValue(_out));
        var manifest = Write(run, plan, output, parsed.GetValue(_revision), context.Console.WriteWarning, stop);
        if (parsed.GetValue(_json))
        {
            context.Console.WriteJson(File.ReadAllText(Path.Combine(output, BundleManifest.FileName)));
            return ExitCodes.Done;
        }

        var table = FigureTable.Of("file", "MiB");
        foreach (var file in manifest.Files)
            table.Add(file.Name, Formatting.Number(file.Size / 1048576.0, 1));
        context.Console.Tables.Write(table);
        context.Console.WriteLine(
            $"The bundle is in {output}, with the SHA-256 of every file in bundle.json. "
            + $"Next: dimec serve {output} --tier {manifest.Tiers[^1].Name}");
        return ExitCodes.Done;
    }

    /// <summary>Writes the bundle of a run and a plan.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">The plan's file.</param>
    /// <param name="output">The bundle's folder.</param>
    /// <param name="revision">The bundle's revision.</param>
    /// <param name="warn">Told what cannot be known of the plan.</param>
    /// <param name="stop">Ends the work; an earlier bundle is left as it was.</param>
    /// <exception cref="InputException">Run or plan are broken, do not fit each other, or something else stands in
    /// the bundle's place.</exception>
    internal static BundleManifest Write(
        RunFolder run, string plan, string output, int revision, Action<string> warn, CancellationToken stop)
    {
        var errors = new InputErrors();
        var read = errors.Try(() => RunParts.Plan(plan));
        var checkpoint = errors.Try(() => Checkpoint.Load(run.Model));
        var tokenizer = checkpoint is null ? null : errors.Try(() => CheckpointTokenizers.Read(checkpoint, run.Model));
        var origin = read is null ? null : PlanOrigin.Of(read, run);
        foreach (var file in origin?.Changed ?? [])
        {
            errors.Add(
                Path.Combine(run.Path, file), $"is not the file that {plan} was made from",
                "plan again on this run, or give the run that the plan was made on");
        }

        errors.ThrowIfAny();
        stop.ThrowIfCancellationRequested();
        var manifest = BundleWriter.Write(
            new BundleRequest
            {
                Checkpoint = checkpoint!,
                Plan = read!,
                Embedding = new RunParts(run).EmbeddingKind,
                WriteTokenizer = tokenizer!.WriteTokenizerJson,
                Golden = GoldenAnswers.Of(checkpoint!, tokenizer!, stop),
                Revision = revision,
            },
            output,
            stop);
        if (!origin!.IsNamed)
        {
            warn($"{plan} does not say which files it was made from: whether it was made on this run is not known.");
        }
        else if (origin.Absent.Count > 0)
        {
            warn($"{run.Path} holds no {string.Join(", ", origin.Absent)}, "
                + $"from which {plan} was made: it is not known whether they were this run's.");
        }

        return manifest;
    }
}
