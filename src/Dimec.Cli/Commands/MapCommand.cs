using System.CommandLine;
using System.Text.Json.Serialization;
using Dimec.Cartography;
using Dimec.Cli.Output;
using Dimec.Reporting;
using Dimec.Runs.Maps;

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
        var options = new MapOptions
        {
            Exit = parsed.GetValue(_exit),
            Cartography = new CartographyOptions { IncludeCi = parsed.GetValue(_includeCi), BurnOut = parsed.GetValue(_burnOut) },
            LabelIssues = parsed.GetValue(_suspects),
            Out = parsed.GetValue(_out),
        };
        var summary = MapSummary.Write(
            MapInputs.Read(parsed.GetRequiredValue(_run), options, () => _data.Spec(parsed), stop), stop);
        var output = summary.Output;
        DataMapPlot.Write(summary, output);
        var issues = summary.LabelIssues();

        if (parsed.GetValue(_json))
        {
            context.Console.WriteJson(JsonLine.Of(new Answer(
                summary.Samples, summary.Exit, summary.Epochs, output.Metrics, output.DataMap, summary.Confidence, summary.Variability,
                summary.Correctness, options.LabelIssues is null ? null : issues)));
            return ExitCodes.Done;
        }

        Print(summary);
        if (options.LabelIssues is not null)
            Print(issues);
        context.Console.WriteLine(
            $"{Formatting.Count(summary.Samples)} samples{(summary.Exit is { } exit ? $" of exit {exit}" : "")} "
            + $"are in {output.Metrics}, their map in {output.DataMap}.");
        return ExitCodes.Done;
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
