using System.Diagnostics;

namespace Dimec.Serving.Scheduling;

/// <summary>
/// Runs work on threads of its own, so that a model never holds the threads that answer health checks; what waits is bounded, and what
/// nobody waits for any more leaves its place at once instead of being computed.
/// </summary>
internal sealed class FifoScheduler : IDisposable
{
    private readonly LinkedList<IJob> _waiting = [];
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly int _queueSize;
    private readonly Thread[] _threads;
    private bool _closed;

    public FifoScheduler(int instances, int queueSize)
    {
        _queueSize = queueSize;
        _threads = new Thread[instances];
        for (var i = 0; i < instances; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"dimec run {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Hands work over.</summary>
    /// <param name="work">Runs on a thread, unless it is cancelled before.</param>
    /// <param name="cancellation">Cancelled when nobody waits for the result any more.</param>
    /// <returns>The result to wait for; null: the queue is full, or closed.</returns>
    public Task<T>? TryRun<T>(Func<T> work, CancellationToken cancellation)
    {
        var job = new Job<T>(work);
        LinkedListNode<IJob> place;
        lock (_lock)
        {
            if (_closed || _waiting.Count >= _queueSize)
                return null;
            place = _waiting.AddLast(job);
        }

        _arrivals.Release();
        return WaitAsync(job, place, cancellation);
    }

    /// <summary>Finishes what waits, then stops the instances.</summary>
    /// <param name="limit">How long that may take.</param>
    /// <returns>Whether all of them have stopped; false: one still runs something, and is left to it.</returns>
    public bool Close(TimeSpan limit)
    {
        lock (_lock)
        {
            if (!_closed)
                _arrivals.Release(_threads.Length);
            _closed = true;
        }

        var waited = Stopwatch.StartNew();
        return _threads.All(thread => thread.Join(waited.Elapsed < limit ? limit - waited.Elapsed : TimeSpan.Zero));
    }

    /// <summary>Closes the queue however long that takes.</summary>
    public void Dispose()
    {
        while (!Close(TimeSpan.FromHours(1)))
        {
        }

        _arrivals.Dispose();
    }

    private async Task<T> WaitAsync<T>(Job<T> job, LinkedListNode<IJob> place, CancellationToken cancellation)
    {
        try
        {
            return await job.Result.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            Leave(place);
        }
    }

    private void Leave(LinkedListNode<IJob> place)
    {
        lock (_lock)
        {
            if (place.List is not null)
                _waiting.Remove(place);
        }
    }

    private void Work()
    {
        while (true)
        {
            _arrivals.Wait();
            IJob? job = null;
            lock (_lock)
            {
                if (_waiting.First is { } first)
                {
                    job = first.Value;
                    _waiting.RemoveFirst();
                }
                else if (_closed)
                {
                    return;
                }
            }

            // Nothing there: the one that arrived has left again.
            job?.Run();
        }
    }

    private interface IJob
    {
        void Run();
    }

    private sealed class Job<T>(Func<T> work) : IJob
    {
        // Continuations must not run on the thread: they would hold the next run up.
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Result => _result.Task;

        public void Run()
        {
            try
            {
                _result.TrySetResult(work());
            }
#pragma warning disable CA1031 // Whatever a run throws belongs to the request that asked for it, not to the thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _result.TrySetException(exception);
            }
        }
    }
}
