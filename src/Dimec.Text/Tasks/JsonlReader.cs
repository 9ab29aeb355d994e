using System.Text.Json;

namespace Dimec.Text.Tasks;

/// <summary>Reads a JSON object a line. Empty lines are no rows.</summary>
/// <param name="names">The keys to read.</param>
internal sealed class JsonlReader(ColumnNames names) : IRowReader
{
    public RowFile Read(SourceFile file, InputErrors errors, CancellationToken cancellation)
    {
        var rows = new RowFile(file);
        var before = errors.Count;
        var cursor = new LineCursor(file.Bytes);
        rows.HeaderEnd = cursor.End;
        while (errors.Count - before < RowErrors.Most && cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!cursor.Line.ContainsAnyExcept(" \t\r"u8))
                continue;
            if (!RowErrors.IsText(cursor.Line, rows.Path, cursor.Number, errors) || !TryReadRow(cursor, rows, errors))
                rows.Reject(cursor);
        }

        RowErrors.CheckEnd(cursor, rows.Path, before, errors);
        RowErrors.CheckRows(rows, file.Bytes, before, errors);
        return rows;
    }

    private bool TryReadRow(in LineCursor cursor, RowFile rows, InputErrors errors)
    {
        var where = RowErrors.Where(rows.Path, cursor.Number);
        try
        {
            var reader = new Utf8JsonReader(cursor.Line);
            using var document = JsonDocument.ParseValue(ref reader);
            if (reader.Read() || document.RootElement.ValueKind != JsonValueKind.Object)
            {
                errors.Add(where, "is not one JSON object", "write one object a line, e.g. {\"text\": \"…\", \"label\": \"…\"}");
                return false;
            }

            return TryAdd(document.RootElement, where, cursor, rows, errors);
        }
        catch (JsonException exception)
        {
            errors.Add(where, $"is not valid JSON (at byte {exception.BytePositionInLine ?? 0} of the line)", "write one JSON object a line");
            return false;
        }
        catch (InvalidOperationException)
        {
            errors.Add(where, "holds an escape sequence that is half a character", "write both halves of the surrogate pair, or the character itself");
            return false;
        }
    }

    private bool TryAdd(JsonElement row, string where, in LineCursor cursor, RowFile rows, InputErrors errors)
    {
        var before = errors.Count;
        var text = ReadText(row, "--text-column", names.Text, where, errors);
        var pair = names.Pair is null ? null : ReadText(row, "--pair-column", names.Pair, where, errors);
        var label = ReadLabel(row, where, errors);
        if (errors.Count > before || !RowErrors.HasLabel(label, rows.Path, cursor.Number, errors))
            return false;
        rows.Add(cursor, text, pair, label);
        return true;
    }

    private static string ReadText(JsonElement row, string option, string key, string where, InputErrors errors)
    {
        if (Find(row, option, key, where, errors) is not { } value)
            return "";
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString()!;
        errors.Add(where, $"\"{key}\" is {Describe(value)} where a text belongs", "write a string");
        return "";
    }

    private string ReadLabel(JsonElement row, string where, InputErrors errors)
    {
        if (Find(row, "--label-column", names.Label, where, errors) is not { } value)
            return "";
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString()!.Trim();
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return value.GetRawText();
            default:
                errors.Add(where, $"\"{names.Label}\" is {Describe(value)} where a label belongs", "write a string, a number, true or false");
                return "";
        }
    }

    private static JsonElement? Find(JsonElement row, string option, string key, string where, InputErrors errors)
    {
        if (row.TryGetProperty(key, out var value))
            return value;
        var keys = string.Join(", ", row.EnumerateObject().Select(p => $"\"{p.Name}\""));
        errors.Add(where, $"has no key \"{key}\" ({(keys.Length == 0 ? "it has none" : $"it has {keys}")})", $"add it, or name another with {option}");
        return null;
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Number => "a number",
        _ => "a truth value",
    };
}
