namespace Dimec.Text.Tokenization.Model;

/// <summary>The ids of a text so far, up to a limit that spares the work on what would be cut off.</summary>
internal sealed class TokenBuffer
{
    private int[] _ids = new int[64];

    /// <summary>How many ids there are; may pass the limit by what the last word brought.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Further words are wanted while <see cref="Count"/> is no larger than this: one more tells that the text is longer.
    /// </summary>
    public int Limit { get; private set; }

    /// <summary>Whether more is wanted.</summary>
    public bool WantsMore => Count <= Limit;

    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>Empties the buffer for another text.</summary>
    public void Reset(int limit) => (Count, Limit) = (0, limit);

    /// <summary>Takes back the ids after the first ones.</summary>
    public void CutTo(int count) => Count = count;

    /// <summary>Adds an id.</summary>
    public void Add(int id)
    {
        if (Count == _ids.Length)
            Array.Resize(ref _ids, 2 * _ids.Length);
        _ids[Count++] = id;
    }
}
