namespace Dimec.Inference.Walks;

/// <summary>What made a tier fail in one call, for the batches that still wait for their turn on it.</summary>
internal sealed class TierOutage
{
    private TierFailure? _failure;

    /// <summary>The first failure; null: none yet.</summary>
    public TierFailure? Failure => Volatile.Read(ref _failure);

    /// <summary>Keeps the first failure.</summary>
    /// <returns>The failure that was handed in.</returns>
    public TierFailure Report(TierFailure failure)
    {
        Interlocked.CompareExchange(ref _failure, failure, null);
        return failure;
    }
}
