using Dimec.Inference;

namespace Dimec.Serving.Scheduling;

/// <summary>
/// Runs one item after the other, in the order in which they came, an item an instance; how many wait is bounded. What goes on with rows
/// that it has begun comes first and is always taken: there is no more of it than has been run.
/// </summary>
internal sealed class FifoScheduler : IScheduler
{
    private readonly LinkedList<WorkItem> _waiting = [];
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly int _queueSize;
    private readonly Func<WorkItem, StretchResult> _run;
    private readonly TimeProvider _time;
    private readonly Thread[] _instances;
    private bool _closed;

    /// <param name="instanceCount">How many items run at once, each on a thread of its own.</param>
    /// <param name="queueSize">How many items may wait.</param>
    /// <param name="run">Computes an item; what it throws is the item's caller's.</param>
    /// <param name="time">The clock.</param>
    public FifoScheduler(int instanceCount, int queueSize, Func<WorkItem, StretchResult> run, TimeProvider time)
    {
        (_queueSize, _run, _time) = (queueSize, run, time);
        _instances = new Thread[instanceCount];
        for (var i = 0; i < instanceCount; i++)
        {
            _instances[i] = new Thread(RunAll) { IsBackground = true, Name = $"dimec run {i}" };
            _instances[i].Start();
        }
    }

    public Task<StretchResult>? TrySchedule(WorkItem item)
    {
        LinkedListNode<WorkItem> place;
        lock (_lock)
        {
            if (_closed || (_waiting.Count >= _queueSize && !item.GoesOn))
                return null;
            place = item.GoesOn ? _waiting.AddFirst(item) : _waiting.AddLast(item);
        }

        _arrivals.Release();
        return WaitAsync(item, place);
    }

    public bool Close(TimeSpan limit)
    {
        lock (_lock)
        {
            if (!_closed)
                _arrivals.Release(_instances.Length);
            _closed = true;
        }

        var start = _time.GetTimestamp();
        return _instances.All(instance =>
            instance.Join(_time.GetElapsedTime(start) is var waited && waited < limit ? limit - waited : TimeSpan.Zero));
    }

    /// <summary>Closes the queue however long that takes.</summary>
    public void Dispose()
    {
        while (!Close(TimeSpan.FromHours(1)))
        {
        }

        _arrivals.Dispose();
    }

    private async Task<StretchResult> WaitAsync(WorkItem item, LinkedListNode<WorkItem> place)
    {
        try
        {
            return await item.Result.WaitAsync(item.CancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(place);
        }
    }

    private void Leave(LinkedListNode<WorkItem> place)
    {
        lock (_lock)
        {
            if (place.List is not null)
                _waiting.Remove(place);
        }
    }

    private void RunAll()
    {
        while (true)
        {
            _arrivals.Wait();
            WorkItem? item = null;
            lock (_lock)
            {
                if (_waiting.First is { } first)
                {
                    item = first.Value;
                    _waiting.RemoveFirst();
                }
                else if (_closed)
                {
                    return;
                }
            }

            // Nothing there: the one that arrived has left again.
            if (item is not null)
                Run(item);
        }
    }

    private void Run(WorkItem item)
    {
        try
        {
            item.Complete(_run(item));
        }
#pragma warning disable CA1031 // Whatever a run throws belongs to the request that asked for it, not to the instance.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            item.Fail(exception);
        }
    }
}
