using Dimec.Bundles;
using Dimec.Inference;

namespace Dimec.Serving.Scheduling;

/// <summary>
/// What one request wants computed, and for whom. A scheduler sees rows and not a function, so that it may run them beside other requests'
/// rows, or apart, as long as each item gets what the layers say to its own.
/// </summary>
/// <param name="rows">
/// Makes the rows. On the scheduler's thread, when they are first asked for: what waits takes no more room than it came with, and what is
/// refused or given up was not tokenized for nothing.
/// </param>
/// <param name="cancellationToken">Cancelled when nobody waits for the result any more, for the caller is gone or
/// its deadline has passed.</param>
internal sealed class WorkItem(Func<IReadOnlyList<TierRow>> rows, CancellationToken cancellationToken)
{
    // Continuations must not run on the scheduler's thread: they would hold the next run up.
    private readonly TaskCompletionSource<StretchResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IReadOnlyList<TierRow>? _rows;

    /// <summary>The layers that they are to be run through.</summary>
    public required LayerStretch Layers { get; init; }

    /// <summary>Whether the states after the last of them are wanted.</summary>
    public bool Hidden { get; init; }

    /// <summary>
    /// Whether it goes on with rows that layers were run for here already: they hold their hidden states while they wait, and what was
    /// computed would be for nothing if they were turned away.
    /// </summary>
    public bool GoesOn { get; init; }

    /// <summary>The rows; for one thread at a time.</summary>
    public IReadOnlyList<TierRow> Rows => _rows ??= rows();

    /// <summary>Cancelled when nobody waits for the result any more.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>What the layers say, once it is there.</summary>
    public Task<StretchResult> Result => _result.Task;

    /// <summary>Gives the caller what the layers say.</summary>
    /// <param name="result">In the order of the rows.</param>
    public void Complete(StretchResult result) => _result.TrySetResult(result);

    /// <summary>Gives the caller what its rows met.</summary>
    /// <param name="exception">Why there is none.</param>
    public void Fail(Exception exception) => _result.TrySetException(exception);
}
