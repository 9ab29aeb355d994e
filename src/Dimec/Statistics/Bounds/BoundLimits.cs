namespace Dimec.Statistics.Bounds;

/// <summary>What bounds may be asked.</summary>
internal static class BoundLimits
{
    /// <exception cref="ArgumentException">Signed losses where the bound takes none, or a limit that no mean can have.</exception>
    public static void Check(IRiskBound bound, LossTally tally, double limit)
    {
        if (tally.IsSigned && !bound.TakesSigned)
            throw new ArgumentException($"The bound '{bound.Name}' takes losses of 0 and 1, not signed ones.", nameof(tally));
        if (!(limit >= (tally.IsSigned ? -1 : 0) && limit <= 1))
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "No mean of such losses is that large or small.");
    }
}
