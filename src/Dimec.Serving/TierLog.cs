using Microsoft.Extensions.Logging;

namespace Dimec.Serving;

/// <summary>
/// Everything that a tier logs, each with an event's id that stays its own: a filter or an alert may rely on it. From Debug on none holds
/// a text that a caller sent, a key, a path of this machine or a stack. <c>docs/events.md</c> lists them; a new one is one method here and
/// one row there, held by a test.
/// </summary>
internal static partial class TierLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Method} {Route}: the caller is gone")]
    public static partial void CallerGone(this ILogger log, string method, string route);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Route} failed: {Fault}")]
    public static partial void RequestFailed(this ILogger log, string method, string route, string fault);

    [LoggerMessage(3, LogLevel.Error, "A call failed: {Fault}")]
    public static partial void CallFailed(this ILogger log, string fault);

    [LoggerMessage(4, LogLevel.Trace, "What has just failed, in its own words, with its stack")]
    public static partial void FaultDetails(this ILogger log, Exception exception);

    [LoggerMessage(10, LogLevel.Error, "{Error}")]
    public static partial void AnswerUnusable(this ILogger log, string error);

    [LoggerMessage(11, LogLevel.Error, "A run of tier {Tier} failed: {Fault}")]
    public static partial void RunFailed(this ILogger log, string tier, string fault);

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

    [LoggerMessage(
        40, LogLevel.Information,
        "Tier {Tier} serves revision {Revision}, bundle {Hash}; revision {Before} goes on answering those that name it for {Seconds} s")]
    public static partial void RevisionServed(this ILogger log, string tier, string revision, string hash, string before, double seconds);

    [LoggerMessage(41, LogLevel.Error, "Tier {Tier} refuses what is deployed and goes on as before: {Why}")]
    public static partial void RevisionRefused(this ILogger log, string tier, string why);

    [LoggerMessage(42, LogLevel.Information, "Tier {Tier} has left revision {Revision}, bundle {Hash}, and freed its models")]
    public static partial void RevisionLeft(this ILogger log, string tier, string revision, string hash);

    [LoggerMessage(60, LogLevel.Information, "The tier's {What} was renewed, and is used from now on")]
    public static partial void SecretsRenewed(this ILogger log, string what);

    [LoggerMessage(61, LogLevel.Error, "The tier's {What} was changed and cannot be used; the one before goes on: {Why}")]
    public static partial void SecretsRefused(this ILogger log, string what, string why);

    [LoggerMessage(62, LogLevel.Debug, "A caller was refused: {Why}")]
    public static partial void CallerRefused(this ILogger log, string why);

    [LoggerMessage(63, LogLevel.Warning, "The tier's certificate runs out on {End}; renew it")]
    public static partial void CertificateEnding(this ILogger log, string end);
}
