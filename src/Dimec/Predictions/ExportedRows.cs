namespace Dimec.Predictions;

/// <summary>Whose exits the rows of a predictions file are, as each says by itself: all of one bundle, or none says it.</summary>
internal sealed class ExportedRows
{
    private const string Fix = "keep what each bundle's exits say in a file of its own";

    // As it was read last: rows after rows have the same.
    private byte[] _text = [];
    private bool _has;
    private bool _first;

    /// <summary>What the rows say; null where they do not.</summary>
    public ExportedExits? Said { get; private set; }

    /// <summary>Begins a row.</summary>
    public void Clear() => _has = false;

    /// <summary>The row has been read, and it is the first.</summary>
    public void Begin() => _first = _has;

    /// <summary>The row says it.</summary>
    /// <param name="text">The object as it is written.</param>
    /// <param name="at">How errors name the row.</param>
    public void Take(ReadOnlySpan<byte> text, string at)
    {
        _has = true;
        if (text.SequenceEqual(_text))
            return;
        var said = ExportedExitsJson.Read(text, $"{at} exits");
        // Several machines may have written one file.
        if (Said is { } before && before.Bundle != said.Bundle)
            throw new InputException(at, $"is of the bundle {said.Bundle} where rows before are of {before.Bundle}", Fix);
        _text = text.ToArray();
        Said ??= said;
    }

    /// <exception cref="InputException">The row says it and the first does not, or the other way round.</exception>
    public void Check(string at)
    {
        if (_has == _first)
            return;
        throw new InputException(
            at, $"{(_has ? "says" : "does not say")} which bundle's exits they are, and the first row {(_has ? "does not" : "does")}", Fix);
    }
}
