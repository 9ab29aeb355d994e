using Dimec.Bundles;
using Dimec.Inference;
using Dimec.OpenInference;
using Dimec.Serving.Scheduling;
using Dimec.Serving.Statistics;

namespace Dimec.Serving.Models;

/// <summary>A request on its way to its answer.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Deadline">How long the caller waits.</param>
/// <param name="Timing">Is told when the request comes to which stage.</param>
internal sealed record ModelCall(InferRequest Request, Caller Caller, RequestDeadline Deadline, RequestTiming Timing)
{
    /// <summary>What is to be computed for it.</summary>
    /// <param name="rows">Makes the rows.</param>
    /// <param name="layers">The layers that they are to be run through.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the result any more.</param>
    /// <param name="hidden">Whether the states after the last of them are wanted.</param>
    public WorkItem Item(
        Func<IReadOnlyList<TierRow>> rows, LayerStretch layers, CancellationToken cancellationToken, bool hidden = false) =>
        new(Caller, Timing.Makes(rows), cancellationToken) { Layers = layers, Hidden = hidden, Taken = Timing.Runs };
}
