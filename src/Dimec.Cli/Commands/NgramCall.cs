using System.Globalization;
using Dimec.Cli.Progress;
using Dimec.Exits.Ngrams;
using Dimec.Runs;
using Dimec.Runs.Ngrams;
using Dimec.Text;

namespace Dimec.Cli.Commands;

/// <summary>Gives a run exit 0 and says so.</summary>
internal static class NgramCall
{
    /// <summary>Trains exit 0 and records it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="data">The task that it was trained on.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="maxLength">The most tokens of a text.</param>
    /// <param name="context">Where progress goes.</param>
    /// <param name="stop">Stops it; then the run has no exit 0.</param>
    public static void Run(
        RunFolder run, TaskData data, WordPieceTokenizer tokenizer, int maxLength, CommandContext context, CancellationToken stop)
    {
        var line = new ProgressLine(context.Console.Error, context.Time);
        line.Begin();
        var recorder = new NgramRecorder(run, data, tokenizer, maxLength, new NgramOptions());
        recorder.Record(
            (done, all) => line.Report(
                string.Create(CultureInfo.InvariantCulture, $"exit 0, the n-gram exit: epoch {done}/{all}"), isLast: done == all),
            stop);
    }
}
