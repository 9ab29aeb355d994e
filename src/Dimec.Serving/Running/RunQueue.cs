using System.Collections.Concurrent;

namespace Dimec.Serving.Running;

/// <summary>
/// Runs work on threads of its own, so that a model never holds the threads that answer health checks; what waits is bounded, and what
/// nobody waits for any more is dropped instead of computed.
/// </summary>
internal sealed class RunQueue : IDisposable
{
    private readonly BlockingCollection<IJob> _jobs;
    private readonly Thread[] _workers;

    public RunQueue(int workers, int maxWaiting)
    {
        _jobs = new BlockingCollection<IJob>(maxWaiting);
        _workers = new Thread[workers];
        for (var i = 0; i < workers; i++)
        {
            _workers[i] = new Thread(Work) { IsBackground = true, Name = $"dimec run {i}" };
            _workers[i].Start();
        }
    }

    /// <summary>Hands work over.</summary>
    /// <param name="work">Runs on a worker, unless it is cancelled before.</param>
    /// <param name="cancellation">Cancelled when nobody waits for the result any more.</param>
    /// <returns>The result to wait for; null: the queue is full.</returns>
    public Task<T>? TryRun<T>(Func<T> work, CancellationToken cancellation)
    {
        var job = new Job<T>(work, cancellation);
        return _jobs.TryAdd(job) ? job.Result.WaitAsync(cancellation) : null;
    }

    /// <summary>Finishes what waits, then stops the workers.</summary>
    public void Dispose()
    {
        if (_jobs.IsAddingCompleted)
            return;
        _jobs.CompleteAdding();
        foreach (var worker in _workers)
            worker.Join();
        _jobs.Dispose();
    }

    private void Work()
    {
        foreach (var job in _jobs.GetConsumingEnumerable())
            job.Run();
    }

    private interface IJob
    {
        void Run();
    }

    private sealed class Job<T>(Func<T> work, CancellationToken cancellation) : IJob
    {
        // Continuations must not run on the worker: they would hold the next run up.
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Result => _result.Task;

        public void Run()
        {
            if (cancellation.IsCancellationRequested)
            {
                _result.TrySetCanceled(cancellation);
                return;
            }

            try
            {
                _result.TrySetResult(work());
            }
#pragma warning disable CA1031 // Whatever a run throws belongs to the request that asked for it, not to the worker.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _result.TrySetException(exception);
            }
        }
    }
}
