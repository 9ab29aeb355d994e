using Dimec.Inference;
using Dimec.OpenInference;

namespace Dimec.Serving.Scheduling;

/// <summary>Where models have their work computed.</summary>
/// <param name="scheduler">Decides what runs when.</param>
/// <param name="size">How many items may wait.</param>
internal sealed class WorkQueue(IScheduler scheduler, int size)
{
    /// <summary>Computes an item.</summary>
    /// <exception cref="ProtocolException">The queue is full.</exception>
    public Task<StretchResult> RunAsync(WorkItem item) => scheduler.TrySchedule(item) ?? throw new ProtocolException(
        ProtocolStatus.Full, $"{size} requests are waiting already; try again later or on another tier");
}
