using Dimec.Bundles;
using Dimec.Costs;
using Dimec.Inference;
using Dimec.Inference.Walks;
using Dimec.Serving.Scheduling;

namespace Dimec.Serving.Walks;

/// <summary>The layers of this tier, run when the queue lets them.</summary>
/// <param name="queue">Computes.</param>
/// <param name="caller">Who asks.</param>
internal sealed class QueuedStretches(WorkQueue queue, Caller caller) : IStretchRunner
{
    public Task<StretchResult> RunAsync(TierWork work, IReadOnlyList<TierRow> rows, bool hidden, CancellationToken cancellationToken)
        => queue.RunAsync(new WorkItem(caller, () => rows, cancellationToken)
        {
            Layers = new LayerStretch(work.From, work.To),
            Hidden = hidden,
            GoesOn = work.Start == WorkStart.Here,
        });
}
