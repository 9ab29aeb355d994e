using Dimec.Inference;

namespace Dimec.Serving.Scheduling;

/// <summary>Decides what runs when, on threads of its own, so that a model never holds the threads that answer health checks.</summary>
internal interface IScheduler : IDisposable
{
    /// <summary>About how long what waits takes to be run: when to come back to a queue that is full.</summary>
    TimeSpan Backlog { get; }

    /// <summary>How many items wait, or have rows that do.</summary>
    int Held { get; }

    /// <summary>Whether an item of that caller would be turned away now: for who can say so before the item is made.</summary>
    /// <param name="caller">Who asks.</param>
    bool IsFullFor(Caller caller);

    /// <summary>Takes an item on. What nobody waits for any more leaves its place at once instead of being computed.</summary>
    /// <param name="runner">What it is to be run on.</param>
    /// <param name="item">What to compute.</param>
    /// <returns>What to wait for, which may still fail as refused, where another's turn is before it and the queue is full; null: the queue
    /// is full, or closed.</returns>
    Task<StretchResult>? TrySchedule(IRowsRunner runner, WorkItem item);

    /// <summary>Keeps nothing more of models that nobody asks for any more.</summary>
    /// <param name="runner">The models, for which nothing waits.</param>
    void Forget(IRowsRunner runner);

    /// <summary>Finishes what waits, then stops the instances.</summary>
    /// <param name="limit">How long that may take.</param>
    /// <returns>Whether all of them have stopped; false: one still runs something, and is left to it.</returns>
    bool Close(TimeSpan limit);
}
