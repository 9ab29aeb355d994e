using Dimec.Text.Labels;

namespace Dimec.Text.Tasks;

/// <summary>Reads tab-separated rows. Quote characters are plain text.</summary>
/// <param name="names">The columns to read.</param>
/// <param name="hasHeader">Whether the first line names the columns.</param>
/// <param name="dropped">The rows to leave out.</param>
/// <param name="skipsShortRows">GLUE's files hold broken rows that its users skip and rows longer than the header;
/// in a user's own file both are mistakes.</param>
internal sealed class TsvReader(ColumnNames names, bool hasHeader, DroppedLabel dropped, bool skipsShortRows) : IRowReader
{
    public RowFile Read(SourceFile file, InputErrors errors, CancellationToken cancellation)
    {
        var rows = new RowFile(file);
        var before = errors.Count;
        if (!RowErrors.IsBlank(file.Bytes) && FileText.Check(file, errors))
            ReadRows(TrimBlankEnd(file.Bytes), rows, errors, before, cancellation);
        RowErrors.CheckRows(rows, file.Bytes, before, errors);
        return rows;
    }

    private void ReadRows(ReadOnlySpan<byte> bytes, RowFile rows, InputErrors errors, int before, CancellationToken cancellation)
    {
        var cursor = new LineCursor(bytes);
        TsvColumns? columns = null;
        var quotes = new CsvQuotes();
        while (errors.Count - before < RowErrors.Most && cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            var valid = RowErrors.IsText(cursor.Line, rows.Path, cursor.Number, errors);
            if (columns is null)
            {
                if (!valid)
                    return;
                columns = FindColumns(cursor.Line, rows.Path, errors);
                if (columns is null)
                    return;
                if (hasHeader)
                {
                    rows.HeaderEnd = cursor.End;
                    continue;
                }
            }

            if (valid)
                ReadRow(cursor, columns.Value, quotes, rows, errors);
            else
                rows.Reject(cursor);
        }

        // GLUE's own files are read as all their users read them.
        rows.Note = skipsShortRows ? null : quotes.Note(rows.Path);
        RowErrors.CheckEnd(cursor, rows.Path, before, errors);
    }

    private TsvColumns? FindColumns(ReadOnlySpan<byte> line, string path, InputErrors errors)
    {
        if (hasHeader)
        {
            return TsvColumns.FromHeader(
                names, line, path,
                skipsShortRows
                    ? "give the task's file as GLUE's download script writes it"
                        + (names.Label is null ? "" : " (a test.tsv has no labels)")
                    : null,
                errors);
        }

        // A short first row is one to skip, so it cannot say how many columns GLUE's file has; the columns that are read can.
        var width = skipsShortRows
            ? 1 + names.Named.Max(c => int.Parse(c.Name, System.Globalization.CultureInfo.InvariantCulture))
            : TsvColumns.Count(line);
        return TsvColumns.FromNumbers(names, width, path, errors);
    }

    private void ReadRow(in LineCursor cursor, TsvColumns columns, CsvQuotes quotes, RowFile rows, InputErrors errors)
    {
        var line = cursor.Line;
        var width = TsvColumns.Count(line);
        if (skipsShortRows && width < columns.Width)
        {
            rows.Skip(cursor);
            return;
        }

        if (!skipsShortRows && quotes.GoesOn(line, width, columns.Width))
        {
            rows.Reject(cursor);
            return;
        }

        if (!skipsShortRows && width != columns.Width)
        {
            AddWidth(cursor, width, columns.Width, quotes, rows, errors);
            rows.Reject(cursor);
            return;
        }

        var label = columns.Label < 0 ? "" : TsvColumns.Field(line, columns.Label).Trim();
        if (dropped.Is(label))
        {
            rows.Drop(cursor);
            return;
        }

        if (columns.Label >= 0 && !RowErrors.HasLabel(label, rows.Path, cursor.Number, errors))
        {
            rows.Reject(cursor);
            return;
        }

        var text = TsvColumns.Field(line, columns.Text);
        quotes.Count(text, line, cursor.Number);
        rows.Add(cursor, text, columns.Pair < 0 ? null : TsvColumns.Field(line, columns.Pair), label);
    }

    private void AddWidth(in LineCursor cursor, int width, int expected, CsvQuotes quotes, RowFile rows, InputErrors errors)
    {
        var where = RowErrors.Where(rows.Path, cursor.Number);
        var problem = $"has {TsvColumns.Describe(width)} where the {(hasHeader ? "header" : "first row")} has {expected}";
        if (width > expected)
        {
            errors.Add(where, problem, "remove the tabs too many; quotes do not protect them");
        }
        else if (quotes.Explain(cursor.Line) is { } quoted)
        {
            errors.Add(
                where, $"{problem}: {quoted}, and quotes do not protect a line break",
                "write texts without line breaks, or give the data as .jsonl");
        }
        else
        {
            errors.Add(where, problem, "add the columns that are missing");
        }
    }

    // Editors leave empty lines at the end, and they are no rows.
    private static ReadOnlySpan<byte> TrimBlankEnd(ReadOnlySpan<byte> bytes)
    {
        var content = bytes.TrimEnd("\r\n"u8);
        var lineEnd = bytes[content.Length..].IndexOf((byte)'\n');
        return lineEnd < 0 ? bytes : bytes[..(content.Length + lineEnd + 1)];
    }
}
