namespace Dimec.Text.Tokenization.Normalization;

/// <summary>Combining marks between two starters, waiting to be put in canonical order (stable by combining class).</summary>
internal struct MarkQueue
{
    private List<(int CodePoint, byte Class)>? _marks;

    /// <summary>Adds a mark.</summary>
    public void Add(int codePoint, byte combiningClass) => (_marks ??= []).Add((codePoint, combiningClass));

    /// <summary>Hands the marks on in canonical order.</summary>
    /// <returns>False when the sink wanted no more.</returns>
    public readonly bool Flush<TSink>(ref TSink sink)
        where TSink : struct, ICodePointSink, allows ref struct
    {
        if (_marks is not { Count: > 0 })
            return true;
        foreach (var (codePoint, _) in _marks.OrderBy(mark => mark.Class))
        {
            if (!sink.Add(codePoint))
                return false;
        }

        _marks.Clear();
        return true;
    }
}
