namespace Dimec.Serving.Scheduling;

/// <summary>
/// What one request wants computed, and for whom. A scheduler sees rows and not a function, so that it may run them beside other requests'
/// rows, or apart, as long as each item gets the logits of its own.
/// </summary>
/// <param name="rows">
/// Makes the rows. On the scheduler's thread, when they are first asked for: what waits takes no more room than it came with, and what is
/// refused or given up was not tokenized for nothing.
/// </param>
/// <param name="cancellationToken">Cancelled when nobody waits for the result any more, for the caller is gone or
/// its deadline has passed.</param>
internal sealed class WorkItem(Func<IReadOnlyList<TokenRow>> rows, CancellationToken cancellationToken)
{
    // Continuations must not run on the scheduler's thread: they would hold the next run up.
    private readonly TaskCompletionSource<float[]> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IReadOnlyList<TokenRow>? _rows;

    /// <summary>The layer number (from 1) of the exit whose logits are wanted.</summary>
    public required int Exit { get; init; }

    /// <summary>The shape that the rows were sent in, rows first.</summary>
    public required long[] Shape { get; init; }

    /// <summary>The names of the outputs that the caller asked for, in its order; empty: all that the model has.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>The rows; for one thread at a time.</summary>
    public IReadOnlyList<TokenRow> Rows => _rows ??= rows();

    /// <summary>Cancelled when nobody waits for the result any more.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>The logits, rows × classes, once they are there.</summary>
    public Task<float[]> Result => _result.Task;

    /// <summary>Gives the caller its logits.</summary>
    /// <param name="logits">Rows × classes, in the order of the rows.</param>
    public void Complete(float[] logits) => _result.TrySetResult(logits);

    /// <summary>Gives the caller what its rows met.</summary>
    /// <param name="exception">Why there are no logits.</param>
    public void Fail(Exception exception) => _result.TrySetException(exception);
}
