using Dimec.Files;

namespace Dimec.Text.Tasks;

/// <summary>Walks over the lines of a UTF-8 file. Lines end with LF or CR LF; a byte-order mark belongs to no line.</summary>
internal ref struct LineCursor
{
    private readonly ReadOnlySpan<byte> _bytes;

    public LineCursor(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        End = ByteOrderMark.LengthIn(bytes);
    }

    /// <summary>The current line without its end.</summary>
    public ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>The current line's number, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Where the current line begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where the current line ends, its line end included.</summary>
    public int End { get; private set; }

    public readonly bool IsAtEnd => End >= _bytes.Length;

    public bool MoveNext()
    {
        if (IsAtEnd)
            return false;
        Start = End;
        var rest = _bytes[Start..];
        var length = rest.IndexOf((byte)'\n');
        End = length < 0 ? _bytes.Length : Start + length + 1;
        Line = length < 0 ? rest : rest[..length];
        if (Line.EndsWith("\r"u8))
            Line = Line[..^1];
        Number++;
        return true;
    }
}
