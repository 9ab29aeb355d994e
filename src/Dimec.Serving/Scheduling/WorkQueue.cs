using Dimec.Inference;
using Dimec.OpenInference;

namespace Dimec.Serving.Scheduling;

/// <summary>Where the models of a bundle have their work computed.</summary>
/// <param name="scheduler">Decides what runs when.</param>
/// <param name="runner">What it is run on.</param>
/// <param name="size">How many items may wait.</param>
internal sealed class WorkQueue(IScheduler scheduler, IRowsRunner runner, int size)
{
    /// <summary>Why a caller's item would be turned away, before there is one; null: it would not, as things are.</summary>
    public ProtocolException? Refusal(Caller caller) => scheduler.IsFullFor(caller) ? Full : null;

    /// <summary>Computes an item.</summary>
    /// <exception cref="ProtocolException">The queue is full.</exception>
    public async Task<StretchResult> RunAsync(WorkItem item)
    {
        if (scheduler.TrySchedule(runner, item) is not { } result)
            throw Full;
        try
        {
            return await result.ConfigureAwait(false);
        }
        catch (PushedOutException)
        {
            throw Full;
        }
    }

    private ProtocolException Full => new(
        ProtocolStatus.Full, $"{size} requests are waiting already; try again later or on another tier")
    {
        RetryAfter = scheduler.Backlog,
    };
}
