using System.Numerics;
using System.Numerics.Tensors;

namespace Dimec.Pools;

/// <summary>
/// Where the cells of several tables lie in one array of prefixes: an entry holds the sum over all cells of its table that come before it
/// along every axis, so the sum over a box is one over its corners. The first entry along an axis is empty.
/// </summary>
internal sealed class PrefixLayout
{
    private readonly int[] _lengths;
    private readonly int[] _strides;

    /// <summary>Lays tables out.</summary>
    /// <param name="tables">How many.</param>
    /// <param name="axes">The number of cells along each axis.</param>
    public PrefixLayout(int tables, int[] axes)
    {
        _lengths = [.. axes.Select(cells => cells + 1)];
        _strides = new int[axes.Length];
        TableEntries = 1;
        for (var axis = axes.Length - 1; axis >= 0; axis--)
        {
            _strides[axis] = TableEntries;
            TableEntries *= _lengths[axis];
        }

        Entries = tables * TableEntries;
    }

    /// <summary>The number of entries of all tables.</summary>
    public int Entries { get; }

    private int TableEntries { get; }

    /// <summary>The entry in which a cell is put before the prefixes are added up.</summary>
    public int EntryOf(int table, int[] place) => (table * TableEntries) + place.Select((cell, axis) => (cell + 1) * _strides[axis]).Sum();

    /// <summary>Turns cells, each of so many values, into prefixes.</summary>
    public void Accumulate<T>(T[] table, int size)
        where T : INumber<T>
    {
        for (var axis = 0; axis < _strides.Length; axis++)
        {
            for (var entry = 0; entry < Entries; entry++)
            {
                if (entry / _strides[axis] % _lengths[axis] == 0)
                    continue;
                var sum = table.AsSpan(entry * size, size);
                TensorPrimitives.Add(sum, table.AsSpan((entry - _strides[axis]) * size, size), sum);
            }
        }
    }

    /// <summary>The terms of the sum over boxes.</summary>
    public PrefixTerm[] Terms(IEnumerable<PoolBox> boxes) => [.. boxes.SelectMany(Corners)];

    private List<PrefixTerm> Corners(PoolBox box)
    {
        List<PrefixTerm> corners = [new(box.Table * TableEntries, IsAdded: true)];
        for (var axis = 0; axis < _strides.Length; axis++)
        {
            var (from, to) = box.Ranges[axis];
            var stride = _strides[axis];
            var upper = corners.Select(corner => corner with { Entry = corner.Entry + (to * stride) });
            var lower = corners.Select(corner => new PrefixTerm(corner.Entry + (from * stride), !corner.IsAdded));
            // What comes before the first cell is empty and needs no term.
            corners = from == 0 ? [.. upper] : [.. upper, .. lower];
        }

        return corners;
    }
}
