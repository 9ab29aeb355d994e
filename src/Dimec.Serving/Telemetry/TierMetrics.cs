using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dimec.Inference.Telemetry;
using Dimec.OpenInference;
using Dimec.Serving.Models;
using Dimec.Serving.Statistics;
using Dimec.Telemetry;

namespace Dimec.Serving.Telemetry;

/// <summary>What a tier measures for who collects the metrics of .NET, of the meter <c>Dimec</c>.</summary>
internal sealed class TierMetrics
{
    private readonly Meter _meter;
    private readonly Histogram<double> _requests;
    private readonly Histogram<double> _queue;
    private readonly Histogram<double> _runs;
    private readonly Histogram<double> _rows;
    private readonly Histogram<double> _confidence;
    private readonly Histogram<double> _calls;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _loads;

    /// <param name="meters">Makes the meter, which is the host's.</param>
    public TierMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(TelemetryNames.Meter, ClientTelemetry.Version);
        _requests = _meter.Histogram(Instruments.ServerRequestDuration);
        _queue = _meter.Histogram(Instruments.ServerQueueDuration);
        _runs = _meter.Histogram(Instruments.ServerRunDuration);
        _rows = _meter.Histogram(Instruments.ServerRunRows);
        _confidence = _meter.Histogram(Instruments.ServerConfidence);
        _calls = _meter.Histogram(Instruments.RpcServerCallDuration);
        _refusals = _meter.Counter<long>(Instruments.ServerRefusals);
        _loads = _meter.Counter<long>(Instruments.BundleLoads);
    }

    /// <summary>The tier has started.</summary>
    /// <param name="tier">The tier.</param>
    /// <param name="revision">Says which revision is served.</param>
    /// <param name="waiting">Says how many requests wait.</param>
    public void Started(string tier, Func<int> revision, Func<int> waiting)
    {
        _meter.Observe<int>(Instruments.BundleRevision, () => [new(revision(), Of(tier))]);
        _meter.Observe<int>(Instruments.ServerQueueSize, () => [new(waiting(), Of(tier))]);
    }

    /// <summary>Another revision is served.</summary>
    /// <param name="tier">The tier.</param>
    public void Served(string tier) => _loads.Add(1, Of(tier), new(TelemetryNames.Outcome, "served"));

    /// <summary>A bundle was refused.</summary>
    /// <param name="tier">The tier.</param>
    public void Refused(string tier) => _loads.Add(1, Of(tier), new(TelemetryNames.Outcome, "refused"));

    /// <summary>A request was turned away from a full queue.</summary>
    /// <param name="tier">The tier.</param>
    public void TurnedAway(string tier) => _refusals.Add(1, Of(tier));

    /// <summary>A request has ended.</summary>
    /// <param name="tier">The tier.</param>
    /// <param name="model">The model that it named; null: one that is not here.</param>
    /// <param name="timing">When it came to where.</param>
    /// <param name="result">What came of it; null: nobody waits for it any more.</param>
    public void Ended(string tier, string? model, RequestTiming timing, InferResult? result)
    {
        var tags = new TagList { Of(tier) };
        if (model is not null)
            tags.Add(TelemetryNames.Model, model);
        if (result?.Response is not null)
        {
            if (timing.Queue > TimeSpan.Zero)
                _queue.Record(timing.Queue.TotalSeconds, tags);
            Answered(tags, result.Rows);
        }
        else
        {
            tags.Add(TelemetryNames.ErrorType, result is null ? "cancelled" : ClientTelemetry.WordOf(result.Error!.Status));
            if (result?.Error!.Status == ProtocolStatus.Full)
                TurnedAway(tier);
        }

        _requests.Record(timing.Whole.TotalSeconds, tags);
    }

    /// <summary>A model was run.</summary>
    /// <param name="tier">The tier.</param>
    /// <param name="model">The model.</param>
    /// <param name="rows">How many rows the run had.</param>
    /// <param name="took">How long it took.</param>
    public void Ran(string tier, string model, int rows, TimeSpan took)
    {
        KeyValuePair<string, object?> of = new(TelemetryNames.Model, model);
        _runs.Record(took.TotalSeconds, Of(tier), of);
        _rows.Record(rows, Of(tier), of);
    }

    /// <summary>A call over gRPC has ended.</summary>
    /// <param name="method">Its full name.</param>
    /// <param name="status">The name of its status, as the protocol writes it.</param>
    /// <param name="isFault">Whether the status is one of the server's faults.</param>
    /// <param name="took">How long it took.</param>
    public void Called(string method, string status, bool isFault, TimeSpan took)
    {
        var tags = new TagList
        {
            { TelemetryNames.RpcSystem, "grpc" }, { TelemetryNames.RpcMethod, method }, { TelemetryNames.RpcStatus, status },
        };
        if (isFault)
            tags.Add(TelemetryNames.ErrorType, status);
        _calls.Record(took.TotalSeconds, tags);
    }

    private void Answered(TagList tags, IEnumerable<AnsweredRow> rows)
    {
        if (!_confidence.Enabled)
            return;
        foreach (var (exit, confidence) in rows)
        {
            // A copy, which takes no memory of its own.
            var own = tags;
            own.Add(TelemetryNames.Exit, exit);
            _confidence.Record(confidence, own);
        }
    }

    private static KeyValuePair<string, object?> Of(string tier) => new(TelemetryNames.Tier, tier);
}
