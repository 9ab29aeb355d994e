namespace Dimec.Text.Tasks;

/// <summary>Reads a text a line. Lines of white space alone are no rows.</summary>
internal sealed class LinesReader : IRowReader
{
    public RowFile Read(SourceFile file, InputErrors errors, CancellationToken cancellation)
    {
        var rows = new RowFile(file);
        var before = errors.Count;
        if (!FileText.Check(file, errors))
            return rows;
        var cursor = new LineCursor(file.Bytes);
        while (errors.Count - before < RowErrors.Most && cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            if (cursor.Line.ContainsAnyExcept(" \t\r"u8) && RowErrors.IsText(cursor.Line, rows.Path, cursor.Number, errors))
                rows.Add(cursor, System.Text.Encoding.UTF8.GetString(cursor.Line), pair: null, label: "");
        }

        RowErrors.CheckEnd(cursor, rows.Path, before, errors);
        RowErrors.CheckRows(rows, file.Bytes, before, errors);
        return rows;
    }
}
