namespace Dimec.Inference.Client;

/// <summary>The probes of one outage.</summary>
internal sealed class Probing : IDisposable
{
    // Cancelled and not disposed: it has no timer, and probes that are under way still ask it.
    private readonly CancellationTokenSource _end = new();
    private int _underWay;

    /// <summary>What the first of them found.</summary>
    public TaskCompletionSource<TierFailure?> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Cancelled when no more is to be found out.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>How many are under way.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>A probe begins, or ends.</summary>
    public void Count(int change) => Interlocked.Add(ref _underWay, change);

    /// <summary>Ends all of them.</summary>
    public void Dispose()
    {
        _end.Cancel();
        First.TrySetCanceled();
    }
}
