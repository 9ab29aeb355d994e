using System.Globalization;
using Dimec.Cli.Progress;
using Dimec.Runs;
using Dimec.Runs.Ngrams;
using Dimec.Text;

namespace Dimec.Cli.Commands;

/// <summary>Gives a run exit 0 and says so.</summary>
internal static class NgramCall
{
    /// <summary>How a run's exit 0 is trained: as its record says, or by the defaults.</summary>
    /// <param name="run">The run.</param>
    /// <param name="maxLength">The most tokens of a text; null for what the record says.</param>
    /// <param name="byDefault">The most tokens of a text where neither says any.</param>
    /// <exception cref="InputException">The run's record is broken.</exception>
    public static NgramSettings Settings(RunFolder run, int? maxLength, int byDefault)
    {
        var settings = NgramRecord.Of(run)?.Settings ?? new NgramSettings { MaxLength = byDefault };
        return maxLength is { } length ? settings with { MaxLength = length } : settings;
    }

    /// <summary>Trains exit 0 and records it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="data">The task that it was trained on.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="settings">How exit 0 is trained.</param>
    /// <param name="context">Where progress goes.</param>
    /// <param name="stop">Stops it; then the run has no exit 0.</param>
    public static void Run(
        RunFolder run, TaskData data, WordPieceTokenizer tokenizer, NgramSettings settings, CommandContext context, CancellationToken stop)
    {
        var line = new ProgressLine(context.Console.Error, context.Time);
        line.Begin();
        new NgramRecorder(run, data, tokenizer, settings).Record(
            (done, all) => line.Report(
                string.Create(CultureInfo.InvariantCulture, $"exit 0, the n-gram exit: epoch {done}/{all}"), isLast: done == all),
            stop);
    }
}
