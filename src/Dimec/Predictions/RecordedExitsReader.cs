using System.Globalization;
using System.Text.Json;
using Dimec.Json;

namespace Dimec.Predictions;

/// <summary>Reads <see cref="RecordedExits"/> from JSON lines; the first row says which exits, classes and embedding size all must have.</summary>
internal static class RecordedExitsReader
{
    public static RecordedExits Read(Stream stream, string part, string where)
    {
        using var lines = new Utf8LineReader(stream);
        var row = new Row();
        RecordedExitsBuilder? builder = null;
        while (lines.TryRead(out var line))
        {
            var at = $"{where} line {lines.LineNumber}";
            Parse(line, row, at);
            builder ??= Begin(part, row, at);
            Append(builder, row, at);
        }

        return builder?.Build() ?? throw new InputException(where, "holds no samples", "record the predictions again");
    }

    private static RecordedExitsBuilder Begin(string part, Row row, string at)
    {
        var exits = row.Logits.Keys.ToArray();
        var classes = exits.Length == 0 ? 0 : row.Logits[exits[0]].Count;
        if (classes < 2)
            throw new InputException(at, exits.Length == 0 ? "has no logits" : $"has {classes} logits an exit", "write \"logits\": {\"layer\": [one number a class, …], …} with at least 2 classes");
        row.Exits = exits;
        row.Classes = classes;
        row.EmbeddingSize = row.Embedding.Count;
        return new RecordedExitsBuilder(part, exits, classes, row.EmbeddingSize);
    }

    private static void Append(RecordedExitsBuilder builder, Row row, string at)
    {
        if (row.Logits.Count == 0)
            throw new InputException(at, "has no logits", $"give it those of the exits {string.Join(", ", row.Exits)}");
        if (!row.Logits.Keys.SequenceEqual(row.Exits))
            throw new InputException(at, $"has exits {string.Join(", ", row.Logits.Keys)} where the first row has {string.Join(", ", row.Exits)}", "give every sample the logits of the same exits");
        foreach (var (exit, logits) in row.Logits)
        {
            if (logits.Count != row.Classes)
                throw new InputException(at, $"has {logits.Count} logits at exit {exit} where the first row has {row.Classes}", "give every exit one logit a class");
        }

        if (row.Embedding.Count != row.EmbeddingSize)
            throw new InputException(at, $"has an embedding of {row.Embedding.Count} numbers where the first row has {row.EmbeddingSize}", "give every sample an embedding of the same length, or none at all");
        if (row.Gold < -1 || row.Gold >= row.Classes)
            throw new InputException(at, $"has gold {row.Gold} with {row.Classes} classes", $"use a class of 0 … {row.Classes - 1}, or null where it is unknown");
        if (builder.Contains(row.Guid))
            throw new InputException(at, $"guid '{row.Guid}' came before", "give every sample one row and a guid of its own");
        builder.Add(row.Guid, row.Gold, row.Flat(), [.. row.Embedding]);
    }

    private static void Parse(ReadOnlySpan<byte> line, Row row, string at)
    {
        row.Clear();
        try
        {
            var json = new Utf8JsonReader(line);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                throw new InputException(at, "is not a JSON object", "write one object a line");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                ReadProperty(ref json, row, at);
            while (json.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw JsonText.HoldsBareNonFinite(line)
                ? new InputException(at, "holds NaN or Infinity", "find out why the model gave it, and record the predictions again")
                : new InputException(at, $"is not well-formed JSON ({JsonText.Reason(e)})", "correct the line, or record the predictions again");
        }
        catch (InvalidOperationException)
        {
            throw new InputException(at, "holds text that is not valid UTF-8", "write the file as UTF-8");
        }

        if (!row.HasGuid)
            throw new InputException(at, "has no guid", "add \"guid\"");
    }

    private static void ReadProperty(ref Utf8JsonReader json, Row row, string at)
    {
        if (json.ValueTextEquals("guid"u8))
            ReadGuid(ref json, row, at);
        else if (json.ValueTextEquals("gold"u8))
            ReadGold(ref json, row, at);
        else if (json.ValueTextEquals("logits"u8))
            ReadLogits(ref json, row, at);
        else if (json.ValueTextEquals("embedding"u8))
            ReadNumbers(ref json, row.Embedding, "embedding", at);
        else
            json.Skip();
    }

    private static void ReadGuid(ref Utf8JsonReader json, Row row, string at)
    {
        json.Read();
        row.Guid = json.TokenType switch
        {
            JsonTokenType.String => json.GetString()!,
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(json.ValueSpan),
            _ => throw new InputException(at, "has a guid that is neither a text nor a number", "give every sample a guid"),
        };
        row.HasGuid = true;
    }

    private static void ReadGold(ref Utf8JsonReader json, Row row, string at)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            row.Gold = -1;
        else if (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var gold) && gold >= 0)
            row.Gold = gold;
        else
            throw new InputException(at, "has a gold that is no class", "write the class's number from 0, or null where it is unknown");
    }

    private static void ReadLogits(ref Utf8JsonReader json, Row row, string at)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw new InputException(at, "has logits that are no object", "write \"logits\": {\"layer\": [one number a class, …], …}");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var exit) || exit < 1)
                throw new InputException(at, $"has logits under '{name}', which is no layer number", "name each exit by its layer, from 1");
            ReadNumbers(ref json, row.LogitsOf(exit, at), $"logits of exit {name}", at);
        }
    }

    private static void ReadNumbers(ref Utf8JsonReader json, List<float> into, string what, string at)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return;
        if (json.TokenType != JsonTokenType.StartArray)
            throw new InputException(at, $"has {what} that are no array", "write an array of numbers");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number)
                throw new InputException(at, $"has {what} with something that is no number", "write an array of numbers");
            var value = (float)json.GetDouble();
            if (!float.IsFinite(value))
                throw new InputException(at, $"has {what} beyond the range of fp32", "find out why the model gave it, and record the predictions again");
            into.Add(value);
        }
    }

    /// <summary>One row as it is read, with its lists kept from row to row, and what the first row set for all.</summary>
    private sealed class Row
    {
        private readonly Stack<List<float>> _spare = [];

        public string Guid { get; set; } = "";

        public bool HasGuid { get; set; }

        public int Gold { get; set; } = -1;

        public SortedDictionary<int, List<float>> Logits { get; } = [];

        public List<float> Embedding { get; } = [];

        public int[] Exits { get; set; } = [];

        public int Classes { get; set; }

        public int EmbeddingSize { get; set; }

        public void Clear()
        {
            (Guid, HasGuid, Gold) = ("", false, -1);
            foreach (var list in Logits.Values)
            {
                list.Clear();
                _spare.Push(list);
            }

            Logits.Clear();
            Embedding.Clear();
        }

        public List<float> LogitsOf(int exit, string at)
        {
            var list = _spare.TryPop(out var spare) ? spare : [];
            return Logits.TryAdd(exit, list) ? list : throw new InputException(at, $"has exit {exit} twice", "name each exit once");
        }

        public float[] Flat()
        {
            var flat = new float[Exits.Length * Classes];
            var offset = 0;
            foreach (var list in Logits.Values)
            {
                list.CopyTo(flat, offset);
                offset += Classes;
            }

            return flat;
        }
    }
}
