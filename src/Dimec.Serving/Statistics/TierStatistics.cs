using System.Collections.Concurrent;
using Dimec.OpenInference;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Models;
using Dimec.Serving.Telemetry;

namespace Dimec.Serving.Statistics;

/// <summary>What each model of a tier has done since the tier started, in whichever revisions; metrics are told as well.</summary>
/// <param name="time">The clock.</param>
/// <param name="metrics">The tier's metrics.</param>
/// <param name="tier">The tier's name.</param>
internal sealed class TierStatistics(TimeProvider time, TierMetrics metrics, string tier)
{
    private readonly ConcurrentDictionary<string, ModelCounters> _byName = new(StringComparer.Ordinal);

    /// <summary>Models are there from now on; those of names that were there before count on.</summary>
    /// <param name="models">The models.</param>
    public void Add(IEnumerable<ModelMetadata> models)
    {
        foreach (var model in models)
            _byName.TryAdd(model.Name, new ModelCounters(model.Name));
    }

    /// <summary>A request begins.</summary>
    public RequestTiming Begin() => new(time);

    /// <summary>A request has ended. One of a model that is not here is nobody's.</summary>
    /// <param name="model">The model that it named.</param>
    /// <param name="timing">When it came to where.</param>
    /// <param name="result">What came of it; null: nobody waits for it any more.</param>
    public void End(string model, RequestTiming timing, InferResult? result)
    {
        var isHere = _byName.TryGetValue(model, out var counters);
        metrics.Ended(tier, isHere ? model : null, timing, result);
        if (!isHere)
            return;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (result?.Response is null)
        {
            counters!.Fail(timing, now);
            return;
        }

        counters!.Succeed(timing, now);
    }

    /// <summary>A model was run, for whichever requests.</summary>
    /// <param name="model">One of the models.</param>
    /// <param name="rows">How many rows the run had.</param>
    /// <param name="took">How long it took.</param>
    public void Execute(string model, int rows, TimeSpan took)
    {
        metrics.Ran(tier, model, rows, took);
        _byName[model].Execute(rows, took);
    }

    /// <summary>What a model has done.</summary>
    /// <param name="model">One of the models.</param>
    /// <param name="version">The version in which it is served.</param>
    public ModelStatistics Report(string model, string version) => _byName[model].Report(version);
}
