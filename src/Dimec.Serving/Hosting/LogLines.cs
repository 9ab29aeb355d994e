using Dimec.Display;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Dimec.Serving.Hosting;

/// <summary>
/// Writes an entry of the log as one line. What a caller sent may stand in it, so nothing in it may steer a terminal or begin a line.
/// </summary>
internal sealed class LogLines() : ConsoleFormatter(Name)
{
    /// <summary>The name by which the console is told to use it.</summary>
    public new const string Name = "dimec";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var entry = $"{Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] "
            + $"{logEntry.Formatter(logEntry.State, logEntry.Exception)} {logEntry.Exception}";
        textWriter.WriteLine(Printable.Line(entry).TrimEnd());
    }

    /// <summary>As the library's own formatters abbreviate it.</summary>
    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
