using System.CommandLine;
using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Cli.Output;
using Dimec.Cli.Runs;
using Dimec.Export;
using Dimec.Reporting;
using Dimec.Training;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec export</c>: the bundle that tiers serve and clients carry.</summary>
internal sealed class ExportCommand(CommandContext context) : ICliCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = "The folder that 'dimec train' wrote." };
    private readonly Option<string> _plan = new("--plan") { Description = "The plan that 'dimec plan' wrote.", Required = true };
    private readonly Option<string> _out = new("--out") { Description = "The folder of the bundle; an existing one is replaced as a whole.", Required = true };
    private readonly Option<int> _revision = new("--revision") { Description = "The bundle's revision: the model version in the tiers' URLs.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _json = new("--json") { Description = "Print the manifest." };

    public Command Build()
    {
        var command = new Command("export", "Exports one ONNX model a tier, with tokenizer, plan, golden answers and hashes.") { _run, _plan, _out, _revision, _json };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var output = parsed.GetRequiredValue(_out);
        var manifest = Write(RunFolder.Open(parsed.GetRequiredValue(_run)), parsed.GetRequiredValue(_plan), output, parsed.GetValue(_revision));
        if (parsed.GetValue(_json))
        {
            context.Console.Out.WriteLine(File.ReadAllText(Path.Combine(output, BundleManifest.FileName)));
            return ExitCodes.Done;
        }

        var table = FigureTable.Of("file", "MiB");
        foreach (var file in manifest.Files)
            table.Add(file.Name, Formatting.Number(file.Size / 1048576.0, 1));
        context.Console.Tables.Write(table);
        context.Console.WriteLine($"The bundle is in {output}, with the SHA-256 of every file in bundle.json. Next: dimec serve {output} --tier {manifest.Tiers[^1].Name}");
        return ExitCodes.Done;
    }

    /// <summary>Writes the bundle of a run and a plan.</summary>
    internal static BundleManifest Write(RunFolder run, string plan, string output, int revision)
    {
        var errors = new InputErrors();
        var read = errors.Try(() => RunParts.Plan(plan));
        var checkpoint = errors.Try(() => Checkpoint.Load(run.Model));
        var tokenizer = checkpoint is null ? null : errors.Try(() => CheckpointTokenizers.Read(checkpoint, run.Model));
        errors.ThrowIfAny();
        return BundleWriter.Write(
            new BundleRequest
            {
                Checkpoint = checkpoint!,
                Plan = read!,
                Embedding = new RunParts(run).EmbeddingKind,
                WriteTokenizer = tokenizer!.WriteTokenizerJson,
                Golden = GoldenAnswers.Of(checkpoint!, tokenizer!),
                Revision = revision,
            },
            output);
    }
}
