using System.Diagnostics;
using Dimec.Inference.Telemetry;
using Dimec.Serving.Models;
using Dimec.Serving.Statistics;
using Dimec.Telemetry;

namespace Dimec.Serving.Telemetry;

/// <summary>
/// A request in a tier as a span, part of the caller's trace where it sent one along. Runs have rows of many requests, so that what a
/// request waited and ran are spans of its own.
/// </summary>
internal sealed class RequestSpan : IDisposable
{
    private readonly Activity _activity;
    private readonly DateTimeOffset _began;

    private RequestSpan(Activity activity, TimeProvider time) => (_activity, _began) = (activity, time.GetUtcNow());

    /// <summary>Begins one; null: nobody listens.</summary>
    /// <param name="time">The clock.</param>
    public static RequestSpan? Begin(TimeProvider time) =>
        ClientTelemetry.Begin(TelemetryNames.InferSpan, ActivityKind.Internal) is { } activity ? new RequestSpan(activity, time) : null;

    /// <summary>The request has ended.</summary>
    /// <param name="tier">The tier.</param>
    /// <param name="timing">When it came to where.</param>
    /// <param name="result">What came of it; null: nobody waits for it any more.</param>
    public void End(string tier, RequestTiming timing, InferResult? result)
    {
        _activity.SetTag(TelemetryNames.Tier, tier).SetTag(TelemetryNames.Samples, timing.Rows);
        if (timing.Queue > TimeSpan.Zero)
            ClientTelemetry.Add(TelemetryNames.QueueSpan, _activity, _began + timing.BeforeQueue, timing.Queue);
        if (timing.Infer > TimeSpan.Zero)
            ClientTelemetry.Add(TelemetryNames.RunSpan, _activity, _began + timing.BeforeInfer, timing.Infer);
        if (result?.Response is { } response)
        {
            // Known to be one of ours: it has answered.
            _activity.SetTag(TelemetryNames.Model, response.Model);
            return;
        }

        _activity
            .SetTag(TelemetryNames.ErrorType, result is null ? "cancelled" : ClientTelemetry.WordOf(result.Error!.Status))
            .SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose() => _activity.Dispose();
}
