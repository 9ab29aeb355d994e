using System.Diagnostics;
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

    /// <summary>The most letters of an entry.</summary>
    private const int Longest = 4096;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var entry = $"{Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] "
            + logEntry.Formatter(logEntry.State, logEntry.Exception)
            + (logEntry.Exception is { } fault ? $" {Told(logEntry.LogLevel, fault)}" : "");
        if (entry.Length > Longest)
            entry = $"{entry.AsSpan(0, Longest)}…";
        // Which request it was, without anything that the caller wrote: where there is a collector, its whole way is there.
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } request)
            entry = $"{entry.TrimEnd()} trace={request.TraceId}";
        textWriter.WriteLine(Printable.Line(entry).TrimEnd());
    }

    /// <summary>An exception's own words may hold whatever was in its way: they are for who asks for everything.</summary>
    private static string Told(LogLevel level, Exception fault) => level == LogLevel.Trace ? $"{fault}" : FaultName.Of(fault);

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
