using System.CommandLine;
using Dimec.Cartography;
using Dimec.Cli.Output;
using Dimec.Files;
using Dimec.Reporting;
using Spectre.Console;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec filter</c>: a part of the training set by a metric, in the data's own format.</summary>
internal sealed class FilterCommand(CommandContext context) : ICliCommand
{
    private static readonly Dictionary<string, CartographyMetric> s_metrics = new()
    {
        ["confidence"] = CartographyMetric.Confidence,
        ["variability"] = CartographyMetric.Variability,
        ["correctness"] = CartographyMetric.Correctness,
        ["forgetfulness"] = CartographyMetric.Forgetfulness,
        ["threshold_closeness"] = CartographyMetric.ThresholdCloseness,
    };

    private readonly DataOptions _data = new(required: false);
    private readonly Argument<string> _run = new("RUN")
    {
        Description = "The folder that 'dimec train' wrote, or any folder with metrics or dynamics (then name --data).",
    };

    private readonly Option<string> _metric = new("--metric")
    {
        Description = $"What to sort by: {string.Join(", ", s_metrics.Keys)}.",
        Required = true,
    };

    private readonly Option<double> _fraction = new("--fraction")
    {
        Description = "How much to keep, 0 to 1: int(fraction × samples) + 1 rows.",
        Required = true,
    };

    private readonly Option<bool> _worst = new("--worst") { Description = "Turn the order round." };
    private readonly Option<string> _out = new("--out") { Description = "The file to write.", Required = true };
    private readonly Option<bool> _json = new("--json") { Description = "Print how many samples were chosen as JSON." };

    public Command Build()
    {
        var command = new Command("filter", "Writes the training samples that a metric puts first, in the data's own format.")
        {
            _run, _metric, _fraction, _worst, _out, _json,
        };
        _data.AddTo(command);
        command.SetAction((parsed, stop) => Task.FromResult(Run(parsed, stop)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var errors = new InputErrors();
        var (metric, fraction) = (Metric(parsed.GetRequiredValue(_metric), errors), parsed.GetValue(_fraction));
        MetricsFilter.CheckFraction(fraction, errors);
        var run = errors.Try(() => Runs.Run.Open(parsed.GetRequiredValue(_run)));
        var metrics = run is null ? null : errors.Try(run.Metrics);
        var spec = run is null ? null : errors.Try(() => _data.Spec(parsed) ?? run.Data());
        var data = spec is null ? null : errors.Try(() => spec.Load(stop));
        errors.ThrowIfAny();
        var chosen = MetricsFilter.Select(metrics!, metric, fraction, parsed.GetValue(_worst));
        var output = parsed.GetRequiredValue(_out);
        AtomicFile.Write(output, stream => data!.WriteRows(chosen.Select(sample => sample.Guid.Text), stream));
        if (parsed.GetValue(_json))
        {
            context.Console.WriteJson(
                JsonLine.Of(new { chosen = chosen.Count, of = metrics!.Count, metric = parsed.GetRequiredValue(_metric), @out = output }));
        }
        else
        {
            context.Console.WriteLine($"{Formatting.Count(chosen.Count)} of {Formatting.Count(metrics!.Count)} samples are in {output}.");
        }

        return ExitCodes.Done;
    }

    private static CartographyMetric Metric(string name, InputErrors errors)
    {
        if (!s_metrics.TryGetValue(name, out var metric))
            errors.Add($"--metric {name}", "is no metric", $"use one of {string.Join(", ", s_metrics.Keys)}");
        return metric;
    }
}
