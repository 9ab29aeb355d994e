using System.Text;

namespace Dimec.Routing.Tables;

/// <summary>Reads rows with a separator between their cells; the first names the columns. Blank lines are no rows.</summary>
internal static class DelimitedRows
{
    private const char Quote = '"';

    public static TableRows Read(string text, TableFormat format, TableErrors errors)
    {
        IReadOnlyList<string>? columns = null;
        var rows = new List<TableRow>();
        var (place, line) = (0, 1);
        while (place < text.Length)
        {
            var begun = line;
            var cells = format == TableFormat.Csv
                ? Quoted(text, ref place, ref line, errors)
                : Plain(text, ref place, ref line);
            if (cells is [var only] && string.IsNullOrWhiteSpace(only))
                continue;
            if (columns is null)
                columns = [.. cells.Select(cell => cell.Trim())];
            else if (cells.Count == columns.Count)
                rows.Add(new TableRow(begun, cells));
            else
                AddWidth(begun, cells.Count, columns.Count, format, errors);
        }

        return new TableRows(columns ?? [], rows);
    }

    private static void AddWidth(int line, int width, int columns, TableFormat format, TableErrors errors) => errors.AddLine(
        line, $"has {(width == 1 ? "1 cell" : $"{width} cells")} where the header has {columns}",
        (format, width > columns) switch
        {
            (TableFormat.Csv, true) => "put cells that hold commas in quotes",
            (_, true) => "remove the tabs too many; quotes do not protect them",
            _ => "add the cells that are missing",
        });

    private static List<string> Plain(string text, ref int place, ref int line)
    {
        var end = EndOfLine(text, place);
        List<string> cells = [.. text[place..end].TrimEnd('\r').Split('\t')];
        (place, line) = (end + 1, line + 1);
        return cells;
    }

    private static List<string> Quoted(string text, ref int place, ref int line, TableErrors errors)
    {
        var cells = new List<string>();
        while (true)
        {
            cells.Add(place < text.Length && text[place] == Quote
                ? Unquoted(text, ref place, ref line, errors)
                : Bare(text, ref place));
            if (place < text.Length && text[place] == ',')
            {
                place++;
                continue;
            }

            // What stands between a closing quote and the next comma was reported; a line ends with LF or CR LF.
            place = EndOfLine(text, place) + 1;
            line++;
            return cells;
        }
    }

    private static string Bare(string text, ref int place)
    {
        var length = text.AsSpan(place).IndexOfAny(',', '\n');
        var end = length < 0 ? text.Length : place + length;
        var cell = text[place..end];
        place = end;
        return end == text.Length || text[end] == '\n' ? cell.TrimEnd('\r') : cell;
    }

    private static string Unquoted(string text, ref int place, ref int line, TableErrors errors)
    {
        var (cell, begun) = (new StringBuilder(), line);
        place++;
        while (true)
        {
            var close = text.IndexOf(Quote, place);
            if (close < 0)
            {
                place = text.Length;
                errors.AddLine(begun, "has a quote that does not close", "close it, and double quotes that are part of a cell");
                return cell.ToString();
            }

            line += text.AsSpan(place, close - place).Count('\n');
            cell.Append(text, place, close - place);
            place = close + 1;
            if (place < text.Length && text[place] == Quote)
            {
                cell.Append(Quote);
                place++;
                continue;
            }

            if (place < text.Length && text[place] is not (',' or '\r' or '\n'))
            {
                errors.AddLine(line, "goes on after a quote that closes", "double quotes that are part of a cell");
                place = EndOfLine(text, place);
            }

            return cell.ToString();
        }
    }

    private static int EndOfLine(string text, int place)
    {
        var end = text.IndexOf('\n', Math.Min(place, text.Length));
        return end < 0 ? text.Length : end;
    }
}
