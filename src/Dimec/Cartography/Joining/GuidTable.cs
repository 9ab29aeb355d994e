using System.Text;

namespace Dimec.Cartography;

/// <summary>Numbers guids in the order in which they come, without a string or an object a guid.</summary>
internal sealed class GuidTable
{
    private readonly List<(int Start, int Length, bool IsNumber, ulong Hash)> _guids = [];
    private byte[] _bytes = new byte[1 << 12];
    private int _length;
    private int[] _slots = new int[1 << 8];

    public int Count => _guids.Count;

    public ReadOnlySpan<byte> Bytes(int id) => _bytes.AsSpan(_guids[id].Start, _guids[id].Length);

    public SampleGuid Guid(int id) => new(Encoding.UTF8.GetString(Bytes(id)), _guids[id].IsNumber);

    /// <summary>The number of a guid; −1 where it is not there.</summary>
    public int Find(ReadOnlySpan<byte> guid, bool isNumber) => _slots[SlotOf(guid, isNumber, GuidHashes.Of(guid, isNumber))] - 1;

    /// <summary>Gives a guid the next number; false where it is there already.</summary>
    public bool TryAdd(ReadOnlySpan<byte> guid, bool isNumber)
    {
        if (_guids.Count * 4L >= _slots.Length * 3L)
            Grow();
        var hash = GuidHashes.Of(guid, isNumber);
        var slot = SlotOf(guid, isNumber, hash);
        if (_slots[slot] != 0)
            return false;
        if (_length + guid.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_length + guid.Length, _bytes.Length * 2));
        guid.CopyTo(_bytes.AsSpan(_length));
        _guids.Add((_length, guid.Length, isNumber, hash));
        _length += guid.Length;
        _slots[slot] = _guids.Count;
        return true;
    }

    private int SlotOf(ReadOnlySpan<byte> guid, bool isNumber, ulong hash)
    {
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var there = _guids[_slots[slot] - 1];
            if (there.Hash == hash && there.IsNumber == isNumber && Bytes(_slots[slot] - 1).SequenceEqual(guid))
                break;
        }

        return slot;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var id = 0; id < _guids.Count; id++)
        {
            var slot = (int)_guids[id].Hash & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = id + 1;
        }
    }
}
