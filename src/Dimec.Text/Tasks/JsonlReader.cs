using System.Text.Json;
using Dimec.Json;
using Dimec.Text.Labels;

namespace Dimec.Text.Tasks;

/// <summary>Reads a JSON object a line. Empty lines are no rows.</summary>
/// <param name="names">The keys to read.</param>
/// <param name="dropped">The rows to leave out.</param>
internal sealed class JsonlReader(ColumnNames names, DroppedLabel dropped) : IRowReader
{
    private static string NoLabel =>
        $"write a string, a number, true or false, or leave such rows out with {ReaderOptionNames.DropLabel} \"\"";

    public RowFile Read(SourceFile file, InputErrors errors, CancellationToken cancellation)
    {
        var rows = new RowFile(file);
        var before = errors.Count;
        if (!FileText.Check(file, errors))
            return rows;
        var cursor = new LineCursor(file.Bytes);
        rows.HeaderEnd = cursor.End;
        while (errors.Count - before < RowErrors.Most && cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!cursor.Line.ContainsAnyExcept(" \t\r"u8))
                continue;
            if (!ReadRow(cursor, rows, errors))
                return rows;
        }

        RowErrors.CheckEnd(cursor, rows.Path, before, errors);
        RowErrors.CheckRows(rows, file.Bytes, before, errors);
        return rows;
    }

    /// <summary>Reads a row, or adds what is wrong with it.</summary>
    /// <returns>False where the file is written in another form, so that the lines after this one would only be
    /// wrong in the same way.</returns>
    private bool ReadRow(in LineCursor cursor, RowFile rows, InputErrors errors)
    {
        var where = RowErrors.Where(rows.Path, cursor.Number);
        JsonLineFault? fault = null;
        if (RowErrors.IsText(cursor.Line, rows.Path, cursor.Number, errors))
        {
            try
            {
                var reader = new Utf8JsonReader(cursor.Line);
                using var document = JsonDocument.ParseValue(ref reader);
                if (!reader.Read() && document.RootElement.ValueKind == JsonValueKind.Object)
                {
                    Take(document.RootElement, where, cursor, rows, errors);
                    return true;
                }

                fault = JsonLineFault.Of(cursor.Line, malformed: null);
            }
            catch (JsonException malformed)
            {
                fault = JsonLineFault.Of(cursor.Line, malformed);
            }
            catch (InvalidOperationException)
            {
                fault = new JsonLineFault(
                    "holds an escape sequence that is half a character", "write both halves of the surrogate pair, or the character itself",
                    IsOfFile: false);
            }

            errors.Add(where, fault.Problem, fault.Fix);
        }

        rows.Reject(cursor);
        return fault is null or { IsOfFile: false };
    }

    private void Take(JsonElement row, string where, in LineCursor cursor, RowFile rows, InputErrors errors)
    {
        var before = errors.Count;
        var label = names.Label is { } key ? ReadLabel(row, key, where, errors) : "";
        if (errors.Count == before && dropped.Is(label))
        {
            rows.Drop(cursor);
            return;
        }

        var text = ReadText(row, ReaderOptionNames.TextColumn, names.Text, where, errors);
        var pair = names.Pair is null ? null : ReadText(row, ReaderOptionNames.PairColumn, names.Pair, where, errors);
        if (errors.Count > before || (names.Label is not null && !RowErrors.HasLabel(label, rows.Path, cursor.Number, errors)))
            rows.Reject(cursor);
        else
            rows.Add(cursor, text, pair, label);
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

    private string ReadLabel(JsonElement row, string key, string where, InputErrors errors)
    {
        if (Find(row, ReaderOptionNames.LabelColumn, key, where, errors) is not { } value)
            return "";
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString()!.Trim();
            case JsonValueKind.Number:
                return NumberLabel.Find(value.GetRawText())?.ToString() ?? value.GetRawText();
            case JsonValueKind.True or JsonValueKind.False:
                return value.GetRawText();
            case JsonValueKind.Null when dropped.Is(""):
                return "";
            default:
                errors.Add(
                    where, $"\"{key}\" is {Describe(value)} where a label belongs",
                    value.ValueKind == JsonValueKind.Null ? NoLabel : "write a string, a number, true or false");
                return "";
        }
    }

    private static JsonElement? Find(JsonElement row, string option, string key, string where, InputErrors errors)
    {
        if (row.TryGetProperty(key, out var value))
        {
            if (row.EnumerateObject().Count(property => property.NameEquals(key)) == 1)
                return value;
            errors.Add(where, $"names \"{key}\" twice", "write each key once");
            return null;
        }

        var keys = string.Join(", ", row.EnumerateObject().Select(p => $"\"{p.Name}\""));
        errors.Add(
            where, $"has no key \"{key}\" ({(keys.Length == 0 ? "it has none" : $"it has {keys}")})",
            $"add it, or name another with {option}");
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
