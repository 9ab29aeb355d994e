using Microsoft.Extensions.Logging;

namespace Dimec.Serving;

/// <summary>
/// Everything that a tier logs, each with an event's id that stays its own: a filter or an alert may rely on it. None holds a text that a
/// caller sent, nor a key. <c>docs/events.md</c> lists them; a new one is one method here and one row there, held by a test.
/// </summary>
internal static partial class TierLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Method} {Path}: the caller is gone")]
    public static partial void CallerGone(this ILogger log, string method, string path);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(this ILogger log, Exception exception, string method, string path);

    [LoggerMessage(3, LogLevel.Error, "A call could not be read")]
    public static partial void CallFailed(this ILogger log, Exception exception);

    [LoggerMessage(10, LogLevel.Error, "{Error}")]
    public static partial void AnswerUnusable(this ILogger log, string error);

    [LoggerMessage(11, LogLevel.Error, "A run of tier {Tier} failed")]
    public static partial void RunFailed(this ILogger log, Exception exception, string tier);

    [LoggerMessage(20, LogLevel.Warning, "The stop waited {Seconds} s; requests still under way get the answer 'unavailable': {Count}")]
    public static partial void RequestsGivenUp(this ILogger log, double seconds, int count);

    [LoggerMessage(21, LogLevel.Warning, "A run of tier {Tier} has not ended {Seconds} s after the stop; the process ends without it")]
    public static partial void RunLeft(this ILogger log, string tier, double seconds);

    [LoggerMessage(30, LogLevel.Warning, "{File} ended within a line, {Bytes} bytes of which were left out; recording goes on after it")]
    public static partial void RecordingCut(this ILogger log, string file, int bytes);

    [LoggerMessage(31, LogLevel.Information, "{File} was full and was halved: of {Samples} samples one is recorded from now on")]
    public static partial void RecordingHalved(this ILogger log, string file, long samples);

    [LoggerMessage(32, LogLevel.Error, "Nothing is recorded into {File} any more, and the tier goes on serving: {Why}")]
    public static partial void RecordingStopped(this ILogger log, string file, string why);

    [LoggerMessage(
        33, LogLevel.Warning,
        "{File} has {Recorded} samples; not recorded were {Dropped}, as those before took too long, "
        + "and {Failed}, as an exit could not be had")]
    public static partial void RecordingIncomplete(this ILogger log, string file, int recorded, long dropped, long failed);
}
