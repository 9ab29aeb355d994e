using System.Numerics;

namespace Dimec.Exits.Ngrams;

/// <summary>
/// A set of numbers in the order in which they came, in memory that is handed in: what a text has is gathered without an allocation.
/// </summary>
/// <param name="slots">A power of two of zeros, larger than the numbers that can come.</param>
/// <param name="items">Room for the numbers that can come.</param>
internal ref struct IntSet(Span<int> slots, Span<int> items)
{
    private readonly Span<int> _slots = slots;
    private readonly Span<int> _items = items;
    private readonly int _shift = 32 - int.Log2(slots.Length);

    public int Count { get; private set; }

    public readonly Span<int> Items => _items[..Count];

    /// <summary>The slots that a set of so many numbers takes: no more than half of them are ever full.</summary>
    public static int SlotsFor(int count) => checked((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, 2 * count)));

    /// <summary>Adds a number.</summary>
    public void Add(int value)
    {
        var slot = Find(value);
        if (_slots[slot] != 0)
            return;
        _items[Count++] = value;
        _slots[slot] = Count;
    }

    public readonly bool Contains(int value) => _slots[Find(value)] != 0;

    /// <summary>The slot that holds a number, or the empty one that it would get.</summary>
    private readonly int Find(int value)
    {
        var slot = (int)(unchecked((uint)value * 0x9E3779B1) >> _shift);
        while (_slots[slot] is var at && at != 0 && _items[at - 1] != value)
            slot = (slot + 1) & (_slots.Length - 1);
        return slot;
    }
}
