namespace Dimec.Exits.Ngrams;

/// <summary>The order of the texts, another one each epoch, from numbers that are the same on every platform (SplitMix64).</summary>
internal sealed class NgramOrder
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    private readonly int[] _order;
    private ulong _state;

    public NgramOrder(int count, long seed)
    {
        _order = [.. Enumerable.Range(0, count)];
        _state = unchecked((ulong)seed);
    }

    /// <summary>Shuffles what there is (Fisher and Yates).</summary>
    public int[] Next()
    {
        for (var i = _order.Length - 1; i > 0; i--)
        {
            var random = NgramHash.Mix(_state = unchecked(_state + Increment));
            var other = (int)Math.BigMul(random, (ulong)(i + 1), out _);
            (_order[i], _order[other]) = (_order[other], _order[i]);
        }

        return _order;
    }
}
