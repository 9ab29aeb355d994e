namespace Dimec.Text.Tasks;

/// <summary>The numbers of the columns that are read, and how many there are in all.</summary>
/// <param name="Text">The text's column.</param>
/// <param name="Pair">The second text's column; −1 without one.</param>
/// <param name="Label">The label's column; −1 where none is read.</param>
/// <param name="Width">How many columns a row has.</param>
internal readonly record struct TsvColumns(int Text, int Pair, int Label, int Width)
{
    private const byte Tab = (byte)'\t';
    private const int MostNamed = 20;

    public static int Count(ReadOnlySpan<byte> line) => line.Count(Tab) + 1;

    /// <summary>A number of columns, for a message.</summary>
    public static string Describe(int columns) => columns == 1 ? "1 column" : $"{columns} columns";

    public static string Field(ReadOnlySpan<byte> line, int column)
    {
        for (; column > 0; column--)
            line = line[(line.IndexOf(Tab) + 1)..];
        var end = line.IndexOf(Tab);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? line : line[..end]);
    }

    /// <summary>
    /// Finds columns by their names in a header; null where an error was added.
    /// Without a fix of the format's own, a missing column is for the user to name.
    /// </summary>
    public static TsvColumns? FromHeader(ColumnNames names, ReadOnlySpan<byte> header, string path, string? fix, InputErrors errors)
    {
        var columns = System.Text.Encoding.UTF8.GetString(header).Split('\t');
        var before = errors.Count;
        var found = new TsvColumns(
            Find(ReaderOptionNames.TextColumn, names.Text), names.Pair is null ? -1 : Find(ReaderOptionNames.PairColumn, names.Pair),
            names.Label is null ? -1 : Find(ReaderOptionNames.LabelColumn, names.Label), columns.Length);
        return errors.Count > before ? null : found;

        int Find(string option, string name)
        {
            var index = Array.IndexOf(columns, name);
            if (index < 0 && columns.Contains($"\"{name}\""))
            {
                errors.Add(
                    RowErrors.Where(path, 1), "the header has its names in quotes, and quotes are part of a name or text here",
                    "write the file without quotes (csv.QUOTE_NONE in Python), or as .jsonl");
            }
            else if (index < 0 && columns.Length == 1 && Separator(columns[0], name) is { } separator)
            {
                errors.Add(
                    RowErrors.Where(path, 1), $"the header has {separator} between its columns where tabs belong",
                    "write the file with tabs, or as .jsonl");
            }
            else if (index < 0)
            {
                errors.Add(
                    RowErrors.Where(path, 1), $"the header has no column \"{name}\" (it has {List(columns)})",
                    fix ?? $"name the column with {option}, or say {ReaderOptionNames.NoHeader} if the first line is a row");
            }
            else if (Array.LastIndexOf(columns, name) != index)
            {
                errors.Add(
                    RowErrors.Where(path, 1), $"the header has the column \"{name}\" more than once",
                    "give every column a name of its own");
            }

            return index;
        }
    }

    /// <summary>Takes columns by number; null where an error was added.</summary>
    public static TsvColumns? FromNumbers(ColumnNames names, int width, string path, InputErrors errors)
    {
        var before = errors.Count;
        foreach (var (option, name) in names.Named)
        {
            if (Number(name) >= width)
            {
                errors.Add(
                    RowErrors.Where(path, 1), $"has {Describe(width)}, so there is no column {name}",
                    $"give a number from 0 to {width - 1} with {option}");
            }
        }

        return errors.Count > before
            ? null
            : new TsvColumns(Number(names.Text), Number(names.Pair), Number(names.Label), width);

        static int Number(string? name) => name is null ? -1 : int.Parse(name, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string? Separator(string header, string name)
    {
        return header.Split(',').Any(IsName) ? "commas" : header.Split(';').Any(IsName) ? "semicolons" : null;

        bool IsName(string column) => column.Trim(' ', '"') == name;
    }

    private static string List(string[] columns) =>
        string.Join(", ", columns.Take(MostNamed).Select(c => $"\"{c}\""))
        + (columns.Length > MostNamed ? $" and {columns.Length - MostNamed} more" : "");
}
