using System.Globalization;
using Dimec.Training;
using Spectre.Console;

namespace Dimec.Cli.Progress;

/// <summary>
/// Shows a training on standard error: on a terminal one line that is drawn anew, elsewhere a line every few seconds, so that a log stays readable.
/// </summary>
internal sealed class TrainingReporter(IAnsiConsole console, TimeProvider time) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan s_often = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_seldom = TimeSpan.FromSeconds(10);
    private long _last;
    private TrainingPhase? _phase;

    public void Report(TrainingProgress value)
    {
        var terminal = console.Profile.Out.IsTerminal;
        var changed = _phase != value.Phase;
        if (!changed && (value.Step < value.Steps || value.Phase != TrainingPhase.Training) && time.GetElapsedTime(_last) < (terminal ? s_often : s_seldom))
            return;
        _phase = value.Phase;
        _last = time.GetTimestamp();
        var text = Line(value);
        if (terminal && value.Phase == TrainingPhase.Training && value.Step < value.Steps)
            console.Profile.Out.Writer.Write($"\r{text.PadRight(Math.Max(0, console.Profile.Width - 1))}");
        else
            console.WriteLine((terminal ? "\r" : "") + text);
    }

    private static string Line(TrainingProgress value) => value.Phase switch
    {
        TrainingPhase.Tokenizing => "turning texts into tokens",
        TrainingPhase.Evaluating => "answering the held-out parts",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {value.Epoch}/{value.Epochs}  step {value.Step}/{value.Steps}  loss {value.Loss:0.000}  {value.SamplesPerSecond:0.0} samples/s  {Left(value.TimeLeft)}"),
    };

    private static string Left(TimeSpan? left) => left is { } span ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes}:{span.Seconds:00} left") : "";
}
