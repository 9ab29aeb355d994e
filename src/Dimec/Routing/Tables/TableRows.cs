using System.Text;
using System.Text.Unicode;
using Dimec.Files;

namespace Dimec.Routing.Tables;

/// <summary>The columns of a table's file and its rows, before anybody asks what they mean.</summary>
/// <param name="Columns">The columns' names, in the file's order.</param>
/// <param name="Rows">The rows.</param>
internal sealed record TableRows(IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>More than a table of any router has, and less than a text in memory can have.</summary>
    private const int MostBytes = 1 << 29;

    /// <summary>The format that a file's ending names; null for another.</summary>
    public static TableFormat? FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".CSV" => TableFormat.Csv,
        ".TSV" => TableFormat.Tsv,
        ".JSONL" => TableFormat.Jsonl,
        _ => null,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It cannot be read as a table at all.</exception>
    public static TableRows Read(string path, TableErrors errors)
    {
        var format = FormatOf(path) ?? throw new InputException(
            path, "is no table by its ending", "name it .csv, .tsv or .jsonl, after what it holds");
        var text = Text(path);
        var rows = format == TableFormat.Jsonl ? JsonRows.Read(text, errors) : DelimitedRows.Read(text, format, errors);
        if (rows.Columns.Count == 0)
            throw new InputException(path, "is empty", "give a table with rows");
        return rows;
    }

    private static string Text(string path)
    {
        var bytes = InputFile.ReadAllBytes(path);
        if (ForeignContent.Find(bytes) is var (problem, fix))
            throw new InputException(path, problem, fix);
        if (bytes.Length > MostBytes)
            throw new InputException(path, $"has {bytes.Length} bytes, more than the {MostBytes} that a table may have", "split it");
        if (!Utf8.IsValid(bytes))
            throw new InputException(path, "is not valid UTF-8", "save the file as UTF-8");
        return Encoding.UTF8.GetString(ByteOrderMark.Skip(bytes));
    }
}
