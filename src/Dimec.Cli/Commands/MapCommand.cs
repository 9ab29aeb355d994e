using System.CommandLine;
using Dimec.Cartography;
using Dimec.Cli.Runs;
using Dimec.Reporting;
using Dimec.Training;
using Spectre.Console;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec map</c>: the metrics of every training sample, and the data map as a picture.</summary>
internal sealed class MapCommand(CommandContext context) : ICliCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = "The folder that 'dimec train' wrote, or any folder that holds training_dynamics/." };
    private readonly Option<string?> _out = new("--out") { Description = "Where the files go (default: into RUN)." };
    private readonly Option<int?> _exit = new("--exit") { Description = "The exit whose dynamics are mapped, by its layer (default: the last)." };
    private readonly Option<bool> _includeCi = new("--include-ci") { Description = "Widen the variability by its uncertainty over few epochs." };
    private readonly Option<int?> _burnOut = new("--burn-out") { Description = "Keep the first K epochs only." };

    public Command Build()
    {
        var command = new Command("map", "Maps the training samples: how sure and how steady the model was of each (data cartography).") { _run, _out, _exit, _includeCi, _burnOut };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(_run);
        var (_, epochs, exit) = Dynamics.OfTraining(RunFolder.Open(path)).Open(parsed.GetValue(_exit));
        var output = new RunFolder(parsed.GetValue(_out) ?? path);
        var options = new CartographyOptions { IncludeCi = parsed.GetValue(_includeCi), BurnOut = parsed.GetValue(_burnOut) };
        var metrics = Write(epochs, exit, options, output);

        var of = exit is null ? "" : $" of exit {exit}";
        context.Console.Tables.Write(Summary(metrics, epochs.Count));
        context.Console.Tables.MarkupLineInterpolated($"{metrics.Count} samples{of} are in {output.Metrics}, their map in {output.DataMap}.");
        return ExitCodes.Done;
    }

    /// <summary>Writes <c>td_metrics.jsonl</c> and the picture.</summary>
    internal static IReadOnlyList<SampleMetrics> Write(IReadOnlyList<DynamicsEpoch> epochs, int? exit, CartographyOptions options, RunFolder output)
    {
        var metrics = DataMap.Read(epochs, options).ToArray();
        AtomicFile.Write(output.Metrics, stream => MetricsFile.Write(metrics, stream));
        var kept = Math.Min(options.BurnOut ?? epochs.Count, epochs.Count);
        AtomicFile.Write(output.DataMap, stream => DataMapPlot.WritePng(new DataMapInputs { Samples = metrics, Epochs = kept, Exit = exit }, stream));
        return metrics;
    }

    private static Table Summary(IReadOnlyList<SampleMetrics> metrics, int epochs)
    {
        var table = new Table().AddColumns("metric", "10 %", "median", "90 %", "mean");
        Add("confidence μ", metrics.Select(sample => sample.Confidence));
        Add("variability σ", metrics.Select(sample => sample.Variability));
        Add($"correctness of {epochs}", metrics.Select(sample => (double)sample.Correctness));
        return table;

        void Add(string name, IEnumerable<double> values)
        {
            var sorted = values.Order().ToArray();
            table.AddRow(name, At(0.1), At(0.5), At(0.9), FormattableString.Invariant($"{sorted.Average():0.000}"));
            string At(double quantile) => FormattableString.Invariant($"{sorted[(int)(quantile * (sorted.Length - 1))]:0.000}");
        }
    }
}
