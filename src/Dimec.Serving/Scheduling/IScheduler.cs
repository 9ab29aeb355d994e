using Dimec.Inference;

namespace Dimec.Serving.Scheduling;

/// <summary>Decides what runs when, on threads of its own, so that a model never holds the threads that answer health checks.</summary>
internal interface IScheduler : IDisposable
{
    /// <summary>Takes an item on. What nobody waits for any more leaves its place at once instead of being computed.</summary>
    /// <param name="item">What to compute.</param>
    /// <returns>What to wait for; null: the queue is full, or closed.</returns>
    Task<StretchResult>? TrySchedule(WorkItem item);

    /// <summary>Finishes what waits, then stops the instances.</summary>
    /// <param name="limit">How long that may take.</param>
    /// <returns>Whether all of them have stopped; false: one still runs something, and is left to it.</returns>
    bool Close(TimeSpan limit);
}
