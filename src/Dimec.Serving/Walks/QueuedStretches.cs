using Dimec.Bundles;
using Dimec.Inference;
using Dimec.Inference.Walks;
using Dimec.Serving.Scheduling;

namespace Dimec.Serving.Walks;

/// <summary>The layers of this tier, run when the queue lets them.</summary>
/// <param name="queue">Computes.</param>
internal sealed class QueuedStretches(WorkQueue queue) : IStretchRunner
{
    public Task<StretchResult> RunAsync(
        LayerStretch layers, IReadOnlyList<TierRow> rows, bool hidden, CancellationToken cancellationToken)
        => queue.RunAsync(new WorkItem(() => rows, cancellationToken) { Layers = layers, Hidden = hidden });
}
