namespace Dimec.Cartography;

/// <summary>
/// The guids met so far as 64-bit hashes: eight bytes a guid instead of a string each, for files of ten million rows.
/// Two guids may share a hash, so a hit must be confirmed.
/// </summary>
internal sealed class GuidHashes
{
    private ulong[] _slots = new ulong[1 << 10];
    private int _count;

    /// <summary>Adds a guid; false where one with the same hash is there.</summary>
    public bool Add(ulong hash)
    {
        if (_count * 4L >= _slots.Length * 3L)
            Grow();
        if (!Insert(_slots, hash))
            return false;
        _count++;
        return true;
    }

    public bool Contains(ulong hash)
    {
        var mask = _slots.Length - 1;
        for (var i = (int)hash & mask; _slots[i] != 0; i = (i + 1) & mask)
        {
            if (_slots[i] == hash)
                return true;
        }

        return false;
    }

    private void Grow()
    {
        var larger = new ulong[_slots.Length * 2];
        foreach (var hash in _slots)
        {
            if (hash != 0)
                Insert(larger, hash);
        }

        _slots = larger;
    }

    private static bool Insert(ulong[] slots, ulong hash)
    {
        var mask = slots.Length - 1;
        var i = (int)hash & mask;
        for (; slots[i] != 0; i = (i + 1) & mask)
        {
            if (slots[i] == hash)
                return false;
        }

        slots[i] = hash;
        return true;
    }

    /// <summary>FNV-1a and the finalizer of MurmurHash3; never 0, which marks a free slot.</summary>
    public static ulong Of(ReadOnlySpan<byte> guid, bool isNumber)
    {
        var hash = isNumber ? 0x9E3779B97F4A7C15UL : 0xCBF29CE484222325UL;
        foreach (var value in guid)
            hash = (hash ^ value) * 0x100000001B3UL;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return Math.Max(1, hash ^ (hash >> 33));
    }
}
