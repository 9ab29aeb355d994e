using Dimec.Bundles;
using Dimec.Inference;

namespace Dimec.Serving.Scheduling;

/// <summary>
/// What one request wants computed, and for whom. A scheduler sees rows and not a function, so that it may run them beside other requests'
/// rows, or apart, as long as each item gets what the layers say to its own.
/// </summary>
/// <param name="caller">Who asks.</param>
/// <param name="rows">Makes the rows, once there is a place for them: what is refused was not tokenized for nothing.</param>
/// <param name="cancellationToken">Cancelled when nobody waits for the result any more, for the caller is gone or
/// its deadline has passed.</param>
internal sealed class WorkItem(Caller caller, Func<IReadOnlyList<TierRow>> rows, CancellationToken cancellationToken)
{
    // Continuations must not run on the scheduler's thread: they would hold the next run up.
    private readonly TaskCompletionSource<StretchResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Lock _lock = new();
    private readonly Lazy<IReadOnlyList<TierRow>> _rows = new(rows);
    private float[]? _logits;
    private float[][]? _hidden;
    private int _arrived;

    /// <summary>Who asks.</summary>
    public Caller Caller => caller;

    /// <summary>The layers that they are to be run through.</summary>
    public required LayerStretch Layers { get; init; }

    /// <summary>Whether the states after the last of them are wanted.</summary>
    public bool Hidden { get; init; }

    /// <summary>
    /// Whether it goes on with rows that layers were run for here already: they hold their hidden states while they wait, and what was
    /// computed would be for nothing if they were turned away.
    /// </summary>
    public bool GoesOn { get; init; }

    /// <summary>Called when the first of its rows is about to run.</summary>
    public Action Taken { get; init; } = () => { };

    /// <summary>The rows, at least one.</summary>
    public IReadOnlyList<TierRow> Rows => _rows.Value;

    /// <summary>Cancelled when nobody waits for the result any more.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Whether nothing that is computed for it is of use any more.</summary>
    public bool IsOver => _result.Task.IsCompleted || cancellationToken.IsCancellationRequested;

    /// <summary>What the layers say, in the order of the rows, once all of it is there.</summary>
    public Task<StretchResult> Result => _result.Task;

    /// <summary>A row of it has been run; with the last one the caller gets what the layers say.</summary>
    /// <param name="place">The row.</param>
    /// <param name="logits">What the exit says of it.</param>
    /// <param name="hidden">Its tokens' states; null where they are not wanted.</param>
    public void Arrive(int place, ReadOnlySpan<float> logits, float[]? hidden)
    {
        lock (_lock)
        {
            _logits ??= new float[Rows.Count * logits.Length];
            logits.CopyTo(_logits.AsSpan(place * logits.Length));
            if (hidden is not null)
                (_hidden ??= new float[Rows.Count][])[place] = hidden;
            if (++_arrived < Rows.Count)
                return;
        }

        _result.TrySetResult(new StretchResult(_logits, _hidden));
    }

    /// <summary>Gives the caller what its rows met.</summary>
    /// <param name="exception">Why there is no result.</param>
    public void Fail(Exception exception) => _result.TrySetException(exception);
}
