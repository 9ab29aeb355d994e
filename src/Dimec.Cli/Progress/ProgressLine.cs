using System.Globalization;
using Spectre.Console;

namespace Dimec.Cli.Progress;

/// <summary>
/// How far a long step is: on a terminal one line that is drawn anew, elsewhere a line every few seconds, so that a log stays readable.
/// </summary>
/// <param name="console">Standard error.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressLine(IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan s_often = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_seldom = TimeSpan.FromSeconds(10);
    private long? _last;

    /// <summary>How long it still takes, e.g. <c>2:05 left</c>.</summary>
    public static string Left(TimeSpan left) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalMinutes}:{left.Seconds:00} left");

    /// <summary>Another step begins, whether or not the one before told of its end: its first line is shown at once, and below.</summary>
    public void Begin()
    {
        if (_last is not null && console.Profile.Out.IsTerminal)
            console.Profile.Out.Writer.WriteLine();
        _last = null;
    }

    /// <summary>Shows how far the step is, unless it was shown just before.</summary>
    /// <param name="text">One line.</param>
    /// <param name="isLast">True where the step is done: the line is shown in any case and stays.</param>
    public void Report(string text, bool isLast)
    {
        var terminal = console.Profile.Out.IsTerminal;
        if (!isLast && _last is { } last && time.GetElapsedTime(last) < (terminal ? s_often : s_seldom))
            return;
        _last = isLast ? null : time.GetTimestamp();
        var writer = console.Profile.Out.Writer;
        if (!terminal)
        {
            writer.WriteLine(text);
            return;
        }

        // A line as wide as the window would begin the next one, and be left behind by the carriage return.
        var width = Math.Max(1, console.Profile.Out.Width - 1);
        writer.Write("\r" + (text.Length > width ? text[..width] : text.PadRight(width)));
        if (isLast)
            writer.WriteLine();
    }
}
