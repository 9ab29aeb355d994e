using System.CommandLine;
using System.Text.Json.Serialization;
using Dimec.Cartography;
using Dimec.Cli.Output;
using Dimec.Reporting;
using Dimec.Runs;
using Dimec.Runs.Maps;
using Dimec.Runs.Records;
using Dimec.Text;

namespace Dimec.Cli.Commands;

/// <summary>
/// <c>dimec map</c>: the metrics of every training sample, the data map as a picture, and the labels that are likeliest wrong.
/// </summary>
internal sealed class MapCommand(CommandContext context) : ICliCommand
{
    private readonly DataOptions _data = new(required: false);
    private readonly Argument<string> _run = new("RUN")
    {
        Description = "The folder that 'dimec train' wrote, or any folder that holds training_dynamics/.",
    };

    private readonly Option<string?> _out = new("--out") { Description = "Where the files go (default: into RUN)." };
    private readonly Option<int?> _exit = new("--exit")
    {
        Description = "The exit whose dynamics are mapped, by its layer (default: the last).",
    };

    private readonly Option<bool> _includeCi = new("--include-ci")
    {
        Description = "Widen the variability by its uncertainty over few epochs.",
    };

    private readonly Option<int?> _burnOut = new("--burn-out") { Description = "Keep the first K epochs only." };
    private readonly Option<int?> _suspects = new("--suspects")
    {
        Description = "List the N labels that are likeliest wrong: the lowest confidence first, "
            + "with the label that the epochs prefer and, from the run's data or --data, the text.",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print where the files are, how the metrics lie and the suspects as JSON.",
    };

    public Command Build()
    {
        var command = new Command("map", "Maps the training samples: how sure and how steady the model was of each (data cartography).")
        {
            _run, _out, _exit, _includeCi, _burnOut, _suspects, _json,
        };
        _data.AddTo(command);
        command.SetAction((parsed, stop) => Task.FromResult(Run(parsed, stop)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var path = parsed.GetRequiredValue(_run);
        var errors = new InputErrors();
        var options = new CartographyOptions { IncludeCi = parsed.GetValue(_includeCi), BurnOut = parsed.GetValue(_burnOut) };
        options.Validate(errors);
        var run = errors.Try(() => RunFolder.Open(path));
        var dynamics = run is null ? null : errors.Try(() => PartDynamics.OfTraining(run).Open(parsed.GetValue(_exit)));
        var spec = run is null ? null : errors.Try(() => Spec(parsed, run, errors));
        var data = spec is null ? null : errors.Try(() => spec.Load(stop));
        errors.ThrowIfAny();
        var output = new RunFolder(parsed.GetValue(_out) ?? path);
        var summary = MapSummary.Write(run!, dynamics!, options, output, parsed.GetValue(_suspects) ?? 0, stop);
        DataMapPlot.Write(summary, output);
        var issues = LabelIssue.Of(summary.LabelIssues, data?.Labels ?? RunSummary.Of(run!).Labels, data);

        if (parsed.GetValue(_json))
        {
            context.Console.WriteJson(JsonLine.Of(new Answer(
                summary.Samples, dynamics!.Exit, summary.Epochs, output.Metrics, output.DataMap, summary.Confidence, summary.Variability,
                summary.Correctness, parsed.GetValue(_suspects) is null ? null : issues)));
            return ExitCodes.Done;
        }

        Print(summary);
        if (parsed.GetValue(_suspects) is not null)
            Print(issues);
        context.Console.WriteLine(
            $"{Formatting.Count(summary.Samples)} samples{(dynamics!.Exit is { } exit ? $" of exit {exit}" : "")} "
            + $"are in {output.Metrics}, their map in {output.DataMap}.");
        return ExitCodes.Done;
    }

    /// <summary>The data that has the suspects' texts; null where none are asked for, or nothing names them.</summary>
    private DataSpec? Spec(ParseResult parsed, RunFolder run, InputErrors errors)
    {
        var named = _data.Spec(parsed);
        if (parsed.GetValue(_suspects) is not { } count)
        {
            return named is null ? null : throw new InputException(
                "--data", "is read for the texts of suspects, and none are asked for", "add --suspects N, or leave it out");
        }

        if (count < 1)
            errors.Add($"--suspects {count}", "asks for no suspect", "ask for one or more");
        return named ?? (File.Exists(run.Record) ? DataOptions.OfRun(run) : null);
    }

    private void Print(MapSummary summary)
    {
        var table = FigureTable.Of("metric", "10 %", "median", "90 %", "mean");
        Add("confidence μ", summary.Confidence);
        Add("variability σ", summary.Variability);
        Add($"epochs right, of {summary.Epochs}", summary.Correctness);
        context.Console.Tables.Write(table);

        void Add(string name, Spread spread) =>
            table.Add(name, Number(spread.Low), Number(spread.Median), Number(spread.High), Number(spread.Mean));
    }

    private void Print(IReadOnlyList<LabelIssue> issues)
    {
        context.Console.WriteLine(
            $"The {Formatting.Count(issues.Count)} labels that are likeliest wrong, by the epochs' mean probabilities:");
        foreach (var (issue, i) in issues.Select((issue, i) => (issue, i)))
        {
            var other = issue.Preferred == issue.Label
                ? "no other label has more"
                : $"rather {issue.Preferred} ({Number(issue.PreferredProbability)})";
            context.Console.WriteStrong(
                $"{i + 1}. {issue.Guid}: {issue.Label} (μ {Number(issue.Confidence)}, σ {Number(issue.Variability)}), {other}");
            foreach (var text in new[] { issue.Text, issue.Pair }.OfType<string>())
                context.Console.WriteLine(text);
        }
    }

    private static string Number(double value) => Formatting.Number(value, 3);

    private sealed record Answer(
        int Samples, int? Exit, int Epochs, string Metrics, string Map, Spread Confidence, Spread Variability, Spread Correctness,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<LabelIssue>? Suspects);
}
