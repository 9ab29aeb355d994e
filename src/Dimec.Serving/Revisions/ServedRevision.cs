using Dimec.Bundles;
using Dimec.Inference;
using Dimec.Inference.Batching;
using Dimec.Serving.Backends;
using Dimec.Serving.Models;
using Dimec.Serving.Recording;
using Dimec.Serving.Scheduling;
using Dimec.Serving.Statistics;
using Dimec.Serving.Walks;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Revisions;

/// <summary>
/// A bundle that is served, with all that is its own. Requests hold it while they are under way, and runs while they run; once it is served
/// no longer and nobody holds it, it is drained, and goes.
/// </summary>
internal sealed class ServedRevision : IRowsRunner, IDisposable
{
    private readonly ITierBackend _backend;
    private readonly RowBatches _batches;
    private readonly TierStatistics _statistics;
    private readonly TierWalk? _walk;
    private readonly DevicePlan? _plan;
    private readonly TierRecorder? _recorder;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One is its place among those that are served.</summary>
    private int _holds = 1;

    private int _closed;
    private int _disposed;

    /// <param name="backend">Its models, which are its own from here on, also where this fails.</param>
    /// <param name="scheduler">Decides what runs when.</param>
    /// <param name="options">What the tier is told.</param>
    /// <param name="statistics">Counts what is done.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The tier's log.</param>
    /// <exception cref="InputException">The options do not fit the bundle.</exception>
    public ServedRevision(
        ITierBackend backend, IScheduler scheduler, DimecTierOptions options, TierStatistics statistics, TimeProvider time, ILogger log)
    {
        (_backend, _statistics) = (backend, statistics);
        _batches = new RowBatches(backend.Description.Shape, options.MaxBatch, options.MaxTokens, backend.Run);
        Queue = new WorkQueue(scheduler, this, options.QueueSize);
        try
        {
            if (backend.Bundle is { } bundle)
                (_walk, _plan) = (TierWalk.Of(bundle, options, Queue, time), DevicePlan.Of(bundle, options, Queue, time));
            _recorder = TierRecorder.Of(backend.Bundle, options, log);
            Models = new ServedModels(backend, new RequestLimits(options.MaxBatch), Queue, _walk, _plan, _recorder);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public TierDescription Tier => _backend.Description;

    public ServedModels Models { get; }

    /// <summary>Where its work waits.</summary>
    public WorkQueue Queue { get; }

    /// <summary>Done once it is served no longer and nobody holds it.</summary>
    public Task Drained => _drained.Task;

    public StretchResult Run(LayerStretch layers, IReadOnlyList<TierRow> rows, bool hidden) => _batches.Run(layers, rows, hidden);

    public void Ran(LayerStretch layers, int rows, TimeSpan took) => _statistics.Execute(Models.NameOf(layers), rows, took);

    public void Hold() => Interlocked.Increment(ref _holds);

    public void LetGo()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
            _drained.TrySetResult();
    }

    /// <summary>Ends what it does beside its answers: its ways to other tiers, what it records.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        _walk?.Dispose();
        _plan?.Dispose();
        _recorder?.Dispose();
    }

    /// <summary>Frees its models, which nothing may run any more.</summary>
    public void Dispose()
    {
        Close();
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _backend.Dispose();
    }
}
