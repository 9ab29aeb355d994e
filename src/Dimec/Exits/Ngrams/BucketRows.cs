using System.Numerics;

namespace Dimec.Exits.Ngrams;

/// <summary>
/// Which buckets have weights, and which row each of them has: a bit a bucket, and a count of the bits before every 64. What is asked for
/// most is small enough to stay in a processor's cache.
/// </summary>
internal sealed class BucketRows
{
    private readonly ulong[] _bits;
    private readonly int[] _before;

    /// <param name="bits">A bit a bucket, the lowest first; 2^bits of them, which is a multiple of 64.</param>
    public BucketRows(ulong[] bits)
    {
        _bits = bits;
        _before = new int[bits.Length];
        for (var i = 0; i < bits.Length; i++)
        {
            _before[i] = Count;
            Count += BitOperations.PopCount(bits[i]);
        }
    }

    /// <summary>How many rows there are.</summary>
    public int Count { get; }

    /// <summary>A bit a bucket, the lowest first.</summary>
    public ReadOnlySpan<ulong> Bits => _bits;

    /// <summary>The row of a bucket, from 0 in the order of the buckets; −1 where it has none.</summary>
    public int Find(int bucket)
    {
        var word = _bits[bucket >> 6];
        var bit = 1UL << (bucket & 63);
        return (word & bit) == 0 ? -1 : _before[bucket >> 6] + BitOperations.PopCount(word & (bit - 1));
    }

    /// <summary>Puts their rows in the place of buckets; those without one are left out.</summary>
    /// <param name="buckets">Buckets, whose first ones become rows.</param>
    /// <returns>The rows.</returns>
    public Span<int> Replace(Span<int> buckets)
    {
        var found = 0;
        foreach (var bucket in buckets)
        {
            if (Find(bucket) is >= 0 and var row)
                buckets[found++] = row;
        }

        return buckets[..found];
    }

    /// <summary>The buckets that have rows, ascending.</summary>
    public IEnumerable<int> Buckets()
    {
        for (var i = 0; i < _bits.Length; i++)
        {
            for (var word = _bits[i]; word != 0; word &= word - 1)
                yield return (i << 6) + BitOperations.TrailingZeroCount(word);
        }
    }
}
