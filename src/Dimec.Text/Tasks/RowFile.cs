namespace Dimec.Text.Tasks;

/// <summary>What was read from one file: its usable rows, and where each row's bytes lie.</summary>
internal sealed class RowFile
{
    private readonly List<FileRow> _rows = [];
    private readonly List<(int Start, int End)> _places = [];

    public RowFile(SourceFile source)
    {
        Path = source.Path;
        Sha256 = source.Sha256;
    }

    public string Path { get; }

    public string Sha256 { get; }

    public IReadOnlyList<FileRow> Rows => _rows;

    /// <summary>The bytes of every row, skipped ones included, by row number.</summary>
    public IReadOnlyList<(int Start, int End)> Places => _places;

    /// <summary>How many bytes stand before the first row: a byte-order mark and the header.</summary>
    public int HeaderEnd { get; set; }

    /// <summary>How many rows are short of columns.</summary>
    public int Skipped { get; private set; }

    /// <summary>How many rows have the label that the user leaves out.</summary>
    public int Dropped { get; private set; }

    /// <summary>What the user should know of how the file was read; null for nothing.</summary>
    public string? Note { get; set; }

    public void Add(in LineCursor cursor, string text, string? pair, string label)
    {
        _rows.Add(new FileRow(_places.Count, cursor.Number, text, pair, label));
        _places.Add((cursor.Start, cursor.End));
    }

    public void Skip(in LineCursor cursor)
    {
        Skipped++;
        _places.Add((cursor.Start, cursor.End));
    }

    public void Drop(in LineCursor cursor)
    {
        Dropped++;
        _places.Add((cursor.Start, cursor.End));
    }

    /// <summary>Counts a row that an error was reported for.</summary>
    public void Reject(in LineCursor cursor) => _places.Add((cursor.Start, cursor.End));
}
