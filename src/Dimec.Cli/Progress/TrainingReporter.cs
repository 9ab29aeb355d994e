using System.Globalization;
using Dimec.Training;

namespace Dimec.Cli.Progress;

/// <summary>Shows a training on standard error.</summary>
internal sealed class TrainingReporter(ToolConsole console, TimeProvider time) : IProgress<TrainingProgress>
{
    private readonly ProgressLine _line = new(console.Error, time);

    private TrainingPhase? _phase;

    public void Report(TrainingProgress value)
    {
        if (value.Notes.Count > 0)
        {
            foreach (var note in value.Notes)
                console.WriteWarning(note);
            return;
        }

        if (_phase != value.Phase)
            _line.Begin();
        _phase = value.Phase;
        _line.Report(Line(value), isLast: value.Step >= value.Steps);
    }

    private static string Line(TrainingProgress value) => value.Phase switch
    {
        TrainingPhase.Tokenizing => "turning texts into tokens",
        TrainingPhase.Evaluating => string.Create(
            CultureInfo.InvariantCulture, $"answering the held-out parts  batch {value.Step}/{value.Steps}  {Left(value.TimeLeft)}"),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {value.Epoch}/{value.Epochs}  step {value.Step}/{value.Steps}  loss "
            + $"{value.Loss:0.000}  {value.SamplesPerSecond:0.0} samples/s  {Left(value.TimeLeft)}"),
    };

    private static string Left(TimeSpan? left) => left is { } span ? ProgressLine.Left(span) : "";
}
