using System.Runtime.Intrinsics;

namespace Dimec.Policies.Hybrid;

/// <summary>Where a search works out at which stop each sample begins, and counts them; used again for each setting.</summary>
/// <param name="samples">The number of samples.</param>
internal sealed class HybridRoom(int samples)
{
    private Vector128<int>[] _counts = [];

    /// <summary>The stop of each sample.</summary>
    public long[] Entries { get; } = new long[samples];

    /// <summary>So many counts, all of nothing.</summary>
    /// <param name="size">The number of counts.</param>
    public Span<Vector128<int>> Counts(int size)
    {
        if (_counts.Length < size)
            _counts = new Vector128<int>[size];
        var counts = _counts.AsSpan(0, size);
        counts.Clear();
        return counts;
    }
}
