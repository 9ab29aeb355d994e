namespace Dimec.Serving.Scheduling;

/// <summary>Rows that wait for the same layers, by their lengths, so that a run takes rows of like length and pads little.</summary>
internal sealed class LengthTable
{
    private SortedSet<WaitingRow>?[] _lengths = [];

    /// <summary>Whose turn it is: the row that stands first; null: none waits.</summary>
    public WaitingRow? First
    {
        get
        {
            WaitingRow? first = null;
            foreach (var rows in _lengths)
            {
                if (rows?.Min is { } row && (first is null || row.CompareTo(first) < 0))
                    first = row;
            }

            return first;
        }
    }

    public void Add(WaitingRow row)
    {
        if (row.Length >= _lengths.Length)
            Array.Resize(ref _lengths, Math.Max(row.Length + 1, _lengths.Length * 2));
        (_lengths[row.Length] ??= []).Add(row);
    }

    public void Remove(WaitingRow row) => _lengths[row.Length]!.Remove(row);

    /// <summary>
    /// The run of the row whose turn it is, with those that are nearest to it in length, as far as padding them costs less than runs of
    /// their own. They go on waiting until they are removed.
    /// </summary>
    /// <param name="first">The row whose turn it is.</param>
    /// <param name="limits">How large a run may be.</param>
    /// <returns>The rows, and whether no further one could have joined.</returns>
    public (List<WaitingRow> Rows, bool IsFull) RunOf(WaitingRow first, BatchLimits limits)
    {
        var (rows, longest) = (new List<WaitingRow> { first }, first.Length);
        using var shorter = From(first.Length, -1, first).GetEnumerator();
        using var longer = From(first.Length + 1, 1, first).GetEnumerator();
        var (hasShorter, hasLonger) = (shorter.MoveNext(), longer.MoveNext());
        while (hasShorter || hasLonger)
        {
            // What is shorter is padded itself; what is longer has all others padded.
            var (below, above) = (
                hasShorter ? longest - shorter.Current.Length : int.MaxValue,
                hasLonger ? (long)rows.Count * Math.Max(0, longer.Current.Length - longest) : int.MaxValue);
            if (Math.Min(below, above) > BatchLimits.MaxPadding)
                break;
            var next = below <= above ? shorter.Current : longer.Current;
            if (!limits.Allow(rows.Count + 1, Math.Max(longest, next.Length)))
                return (rows, true);
            rows.Add(next);
            longest = Math.Max(longest, next.Length);
            if (below <= above)
                hasShorter = shorter.MoveNext();
            else
                hasLonger = longer.MoveNext();
        }

        return (rows, !limits.Allow(rows.Count + 1, longest));
    }

    private IEnumerable<WaitingRow> From(int length, int step, WaitingRow except)
    {
        for (; length >= 0 && length < _lengths.Length; length += step)
        {
            foreach (var row in _lengths[length] ?? [])
            {
                if (row != except)
                    yield return row;
            }
        }
    }
}
