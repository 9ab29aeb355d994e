using System.CommandLine;
using Dimec.Cartography;
using Dimec.Cli.Output;
using Dimec.Cli.Runs;
using Dimec.Reporting;
using Dimec.Training;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec map</c>: the metrics of every training sample, and the data map as a picture.</summary>
internal sealed class MapCommand(CommandContext context) : ICliCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = "The folder that 'dimec train' wrote, or any folder that holds training_dynamics/." };
    private readonly Option<string?> _out = new("--out") { Description = "Where the files go (default: into RUN)." };
    private readonly Option<int?> _exit = new("--exit") { Description = "The exit whose dynamics are mapped, by its layer (default: the last)." };
    private readonly Option<bool> _includeCi = new("--include-ci") { Description = "Widen the variability by its uncertainty over few epochs." };
    private readonly Option<int?> _burnOut = new("--burn-out") { Description = "Keep the first K epochs only." };
    private readonly Option<bool> _json = new("--json") { Description = "Print where the files are and how the metrics lie as JSON." };

    public Command Build()
    {
        var command = new Command("map", "Maps the training samples: how sure and how steady the model was of each (data cartography).") { _run, _out, _exit, _includeCi, _burnOut, _json };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(_run);
        var errors = new InputErrors();
        var options = new CartographyOptions { IncludeCi = parsed.GetValue(_includeCi), BurnOut = parsed.GetValue(_burnOut) };
        options.Check(errors);
        var dynamics = errors.Try(() => Dynamics.OfTraining(RunFolder.Open(path)).Open(parsed.GetValue(_exit)));
        errors.ThrowIfAny();
        var (_, epochs, exit) = dynamics!;
        var output = new RunFolder(parsed.GetValue(_out) ?? path);
        var metrics = Write(epochs, exit, options, output);

        var kept = options.Kept(epochs.Count);
        if (parsed.GetValue(_json))
        {
            context.Console.Out.WriteLine(JsonLine.Of(new
            {
                samples = metrics.Count,
                exit,
                epochs = kept,
                metrics = output.Metrics,
                map = output.DataMap,
                confidence = Spread.Of(metrics.Select(sample => sample.Confidence)),
                variability = Spread.Of(metrics.Select(sample => sample.Variability)),
                correctness = Spread.Of(metrics.Select(sample => (double)sample.Correctness)),
            }));
            return ExitCodes.Done;
        }

        Print(metrics, kept);
        context.Console.WriteLine($"{Formatting.Count(metrics.Count)} samples{(exit is null ? "" : $" of exit {exit}")} are in {output.Metrics}, their map in {output.DataMap}.");
        return ExitCodes.Done;
    }

    /// <summary>Writes <c>td_metrics.jsonl</c> and the picture.</summary>
    internal static IReadOnlyList<SampleMetrics> Write(IReadOnlyList<DynamicsEpoch> epochs, int? exit, CartographyOptions options, RunFolder output)
    {
        var metrics = DataMap.Read(epochs, options).ToArray();
        AtomicFile.Write(output.Metrics, stream => MetricsFile.Write(metrics, stream));
        AtomicFile.Write(output.DataMap, stream => DataMapPlot.WritePng(new DataMapInputs { Samples = metrics, Epochs = options.Kept(epochs.Count), Exit = exit }, stream));
        return metrics;
    }

    private void Print(IReadOnlyList<SampleMetrics> metrics, int epochs)
    {
        var table = FigureTable.Of("metric", "10 %", "median", "90 %", "mean");
        Add("confidence μ", Spread.Of(metrics.Select(sample => sample.Confidence)));
        Add("variability σ", Spread.Of(metrics.Select(sample => sample.Variability)));
        Add($"epochs right, of {epochs}", Spread.Of(metrics.Select(sample => (double)sample.Correctness)));
        context.Console.Tables.Write(table);

        void Add(string name, Spread spread) =>
            table.Add(name, Number(spread.Low), Number(spread.Median), Number(spread.High), Number(spread.Mean));
        static string Number(double value) => Formatting.Number(value, 3);
    }

    /// <summary>Where most of the samples lie.</summary>
    private sealed record Spread(double Low, double Median, double High, double Mean)
    {
        public static Spread Of(IEnumerable<double> values)
        {
            var sorted = values.Order().ToArray();
            return new Spread(At(0.1), At(0.5), At(0.9), sorted.Average());
            double At(double quantile) => sorted[(int)(quantile * (sorted.Length - 1))];
        }
    }
}
