using System.Text;
using System.Text.Json;
using Dimec.Json;

namespace Dimec.Routing.Tables;

/// <summary>
/// Reads a JSON object a line: the keys are columns. Blank lines are no rows; a key that is null is a cell that is missing.
/// </summary>
internal static class JsonRows
{
    /// <summary>So many cells may be missing for one that is there, before it is no table.</summary>
    private const long Sparse = 4;

    public static TableRows Read(string text, TableErrors errors)
    {
        var (columns, rows) = (new List<string>(), new List<(int Line, Dictionary<string, string?> Cells)>());
        var known = new HashSet<string>();
        var (line, given) = (0, 0L);
        foreach (var range in text.AsSpan().Split('\n'))
        {
            line++;
            if (text.AsSpan()[range].IsWhiteSpace())
                continue;
            try
            {
                using var row = JsonObjectReader.ParseLine(Encoding.UTF8.GetBytes(text[range]), $"{errors.Name} line {line}");
                var cells = row.RootElement.EnumerateObject().ToDictionary(
                    cell => cell.Name, cell => Cell(cell.Value, line, cell.Name, errors));
                columns.AddRange(cells.Keys.Where(known.Add));
                rows.Add((line, cells));
                given += cells.Count;
            }
            catch (InputException wrong)
            {
                errors.Add(line, wrong);
            }
        }

        // What is made has a cell for each column in each row.
        if ((long)rows.Count * columns.Count > (Sparse * given) + TableColumns.Most)
            errors.AddFile($"has {columns.Count} keys in all, of which most rows lack most", "give every row the same keys");
        errors.ThrowIfAny();
        return new TableRows(
            columns, [.. rows.Select(row => new TableRow(row.Line, [.. columns.Select(row.Cells.GetValueOrDefault)]))]);
    }

    private static string? Cell(JsonElement value, int line, string column, TableErrors errors)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return value.GetRawText();
            case JsonValueKind.Null:
                return null;
            default:
                errors.AddCell(
                    line, column, $"is an {ChoiceNames.Of(value.ValueKind)} where a cell belongs",
                    "write a string, a number, true or false");
                return null;
        }
    }
}
