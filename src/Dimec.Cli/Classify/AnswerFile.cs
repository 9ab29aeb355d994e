using System.Globalization;
using System.Text;
using Dimec.Cli.Progress;
using Dimec.Jobs;
using Dimec.Reporting;

namespace Dimec.Cli.Classify;

/// <summary>The file that answers go to where <c>--out</c> names one: a call that was stopped is gone on with by the same call.</summary>
internal sealed class AnswerFile : IDisposable
{
    /// <summary>How much work a machine that fails may cost; more often would wait for the disk.</summary>
    private static readonly TimeSpan s_commitEvery = TimeSpan.FromSeconds(1);

    private const int BufferSize = 1 << 16;

    private readonly ResumableFile _file;
    private readonly ToolConsole _console;
    private readonly TimeProvider _time;
    private readonly ProgressLine _progress;
    private readonly long _began;
    private readonly long _first;
    private readonly long _texts;
    private readonly string _path;
    private long _committed;

    /// <param name="path">The file.</param>
    /// <param name="origin">What its answers are made of.</param>
    /// <param name="texts">How many there will be.</param>
    /// <param name="console">Where is said how far it is.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InputException">It cannot be written, or was begun of something else.</exception>
    public AnswerFile(string path, IReadOnlyDictionary<string, string> origin, long texts, ToolConsole console, TimeProvider time)
    {
        _file = ResumableFile.Open(path, origin);
        (_console, _time, _texts, _path) = (console, time, texts, path);
        _progress = new ProgressLine(console.Error, time);
        _began = _committed = time.GetTimestamp();
        _first = _file.Steps;
        Tally = new AnswerTally(_first, _file.Counts);
        Writer = new StreamWriter(_file.Content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize) { NewLine = "\n" };
        if (_first > 0)
            console.WriteProgress($"{path} goes on after {Formatting.Count(_first)} of {Formatting.Count(texts)} texts.");
    }

    /// <summary>Takes the answers, a line each.</summary>
    public StreamWriter Writer { get; }

    /// <summary>What was counted, the calls before among it.</summary>
    public AnswerTally Tally { get; }

    /// <summary>All texts up to here have their lines.</summary>
    public void Answered()
    {
        var (done, seconds) = (Tally.Texts - _first, _time.GetElapsedTime(_began).TotalSeconds);
        if (seconds > 0 && done > 0)
        {
            var left = TimeSpan.FromSeconds(seconds / done * (_texts - Tally.Texts));
            _progress.Report(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Formatting.Count(Tally.Texts)} of {Formatting.Count(_texts)} texts  {done / seconds:0} texts/s  "
                    + $"{ProgressLine.Left(left)}"),
                isLast: Tally.Texts == _texts);
        }

        if (_time.GetElapsedTime(_committed) >= s_commitEvery)
            Commit();
    }

    /// <summary>What was answered is kept for a later call.</summary>
    public void Commit()
    {
        Writer.Flush();
        _file.Commit(Tally.Texts, Tally.Counts);
        _committed = _time.GetTimestamp();
    }

    /// <summary>All texts have their lines: the file gets its name.</summary>
    public void Complete()
    {
        Writer.Flush();
        _file.Complete();
        var (done, took) = (Tally.Texts - _first, _time.GetElapsedTime(_began));
        _console.WriteProgress(string.Create(
            CultureInfo.InvariantCulture,
            $"{_path} has {Formatting.Count(Tally.Texts)} answers; {Formatting.Count(done)} of them took {took.TotalSeconds:0.0} s, "
            + $"{done / Math.Max(1e-3, took.TotalSeconds):0} texts/s."));
    }

    /// <summary>Closes it, without what its writer still holds: that is answered again.</summary>
    public void Dispose() => _file.Dispose();
}
