using System.CommandLine;
using Dimec.Bundles;
using Dimec.Cli.Output;
using Dimec.Export;
using Dimec.Inference;
using Dimec.Predictions;
using Dimec.Reporting;
using Dimec.Runs;
using Dimec.Training;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec export</c>: the bundle that tiers serve and clients carry.</summary>
internal sealed class ExportCommand(CommandContext context) : ICliCommand
{
    private readonly Argument<string> _run = new("RUN")
    {
        Description = "The folder that 'dimec train' wrote; with --target the bundle that 'dimec export' wrote of it.",
    };

    private readonly Option<string?> _plan = new("--plan") { Description = "The plan that 'dimec plan' wrote; required for a bundle." };
    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder of the bundle; an existing one is replaced as a whole. With --target a new folder, or an empty one.",
        Required = true,
    };

    private readonly Option<int?> _revision = new("--revision")
    {
        Description = "The bundle's revision: the model version in the tiers' URLs (default: the plan's, 1 for a first one).",
    };

    private readonly Option<string?> _precision = ChoiceOption.Create<ModelPrecision>(
        "--precision", "In what numbers the models compute: int8 for processors, a quarter of the size, fp16 for accelerators");

    private readonly Option<bool> _int8 = new("--int8") { Description = "Short for --precision int8." };
    private readonly Option<string?> _sign = new("--sign")
    {
        Description = "Sign the bundle with the private key of this file: ECDSA on P-256, in PEM.",
    };

    private readonly TargetOptions _target = new();
    private readonly Option<bool> _json = new("--json") { Description = "Print the manifest; with --target the files." };

    public Command Build()
    {
        var command = new Command(
            "export",
            "Exports one ONNX model a tier, with tokenizer, plan, golden answers and hashes; of such a bundle what engines serve.")
        {
            _run, _plan, _out, _precision, _int8, _revision, _sign,
        };
        _target.AddTo(command);
        command.Add(_json);
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var errors = new InputErrors();
        if (_target.IsGiven(parsed))
        {
            _target.RefuseOthers(parsed, [_plan, _precision, _int8, _revision, _sign], errors);
            return new TargetCall(_target, context.Console)
                .Run(parsed, parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_out), parsed.GetValue(_json), errors, stop);
        }

        _target.RefuseAlone(parsed, errors);
        if (parsed.GetValue(_plan) is not { } plan)
        {
            errors.Add(_plan.Name, "is missing", "name the plan that 'dimec plan' wrote, or a --target for a bundle");
            plan = "";
        }

        var output = parsed.GetRequiredValue(_out);
        var precision = Precision(parsed, errors);
        var run = errors.Try(() => RunFolder.Open(parsed.GetRequiredValue(_run)));
        using var key = parsed.GetValue(_sign) is { } path ? errors.Try(() => BundleSigningKey.Read(path)) : null;
        errors.ThrowIfAny();
        var manifest = Write(run!, plan, output, precision, parsed.GetValue(_revision), context.Console, stop, key);
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

    /// <summary>Writes the bundle of a run and a plan, with golden answers, and warns of what cannot be known of the plan.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">The plan's file.</param>
    /// <param name="output">The bundle's folder.</param>
    /// <param name="precision">In what numbers its models compute.</param>
    /// <param name="revision">The bundle's revision; null for the plan's.</param>
    /// <param name="console">Where warnings go.</param>
    /// <param name="stop">Ends the work; an earlier bundle is left as it was.</param>
    /// <param name="key">By what it is signed; null: it is not.</param>
    /// <exception cref="InputException">Run or plan are broken, do not fit each other, or something else stands in
    /// the bundle's place.</exception>
    internal static BundleManifest Write(
        RunFolder run, string plan, string output, ModelPrecision precision, int? revision, ToolConsole console, CancellationToken stop,
        BundleSigningKey? key = null)
    {
        var settings = new RunBundleSettings
        {
            Revision = revision,
            Precision = precision,
            SigningKey = key,
            Golden = GoldenAnswers.Of,
            AsExported = precision == ModelPrecision.Fp32 ? null : AsExported,
        };
        var (manifest, warnings) = RunBundle.Write(run, plan, output, settings, stop);
        foreach (var warning in warnings)
            console.WriteWarning(warning);
        return manifest;
    }

    private static ExportedGolden AsExported(string folder, IReadOnlyList<GoldenSample> golden) =>
        new(BundleExits.Answer(Bundle.Open(folder), golden), Processor.Kind);

    private ModelPrecision Precision(ParseResult parsed, InputErrors errors)
    {
        var precision = ChoiceOption.Value(parsed, _precision, ModelPrecision.Fp32, errors);
        if (!parsed.GetValue(_int8))
            return precision;
        if (parsed.GetValue(_precision) is { } name && precision != ModelPrecision.Int8)
            errors.Add($"{_int8.Name} and {_precision.Name} {name}", "contradict each other", "give one of them");
        return ModelPrecision.Int8;
    }
}
