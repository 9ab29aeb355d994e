namespace Dimec.Predictions;

/// <summary>Lists of numbers by layer, ascending, as a row holds them; the lists are kept from row to row.</summary>
internal sealed class LayerNumbers
{
    private readonly Stack<List<float>> _spare = [];
    private readonly SortedDictionary<int, List<float>> _lists = [];

    public IReadOnlyCollection<int> Layers => _lists.Keys;

    /// <summary>The length of the first layer's list; 0 where there is none.</summary>
    public int FirstLength => _lists.Count == 0 ? 0 : _lists.First().Value.Count;

    /// <summary>Starts a layer's list; false where the layer has one.</summary>
    public bool TryAdd(int layer, out List<float> list)
    {
        list = _spare.TryPop(out var spare) ? spare : [];
        return _lists.TryAdd(layer, list);
    }

    /// <summary>The first layer whose list has another length; null where all have it.</summary>
    public (int Layer, int Length)? OtherThan(int length)
    {
        foreach (var (layer, list) in _lists)
        {
            if (list.Count != length)
                return (layer, list.Count);
        }

        return null;
    }

    /// <summary>All lists, one after the other.</summary>
    public float[] Flat()
    {
        var flat = new float[_lists.Values.Sum(list => list.Count)];
        var offset = 0;
        foreach (var list in _lists.Values)
        {
            list.CopyTo(flat, offset);
            offset += list.Count;
        }

        return flat;
    }

    public void Clear()
    {
        foreach (var list in _lists.Values)
        {
            list.Clear();
            _spare.Push(list);
        }

        _lists.Clear();
    }
}
