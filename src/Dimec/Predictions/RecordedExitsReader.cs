using System.Globalization;
using System.Text.Json;
using Dimec.Json;

namespace Dimec.Predictions;

/// <summary>
/// Reads <see cref="RecordedExits"/> from JSON lines; the first row says which exits, classes and embedding size all must have.
/// </summary>
internal static class RecordedExitsReader
{
    private static readonly (string Name, string Form) s_logits = ("logits", "{\"layer\": [one number a class, …], …}");
    private static readonly (string Name, string Form) s_states = ("states", "{\"layer\": [what the exit's head pools, …], …}");

    public static RecordedExits Read(Stream stream, string part, string where)
    {
        using var lines = new Utf8LineReader(stream, where);
        var row = new RecordedRow();
        RecordedExitsBuilder? builder = null;
        while (lines.TryRead(out var line))
        {
            var at = $"{where} line {lines.LineNumber}";
            Parse(line, row, at, lines.IsCut);
            builder ??= Begin(part, row, at);
            Append(builder, row, at);
        }

        return builder?.Build() ?? throw new InputException(where, "holds no samples", "record the predictions again");
    }

    private static RecordedExitsBuilder Begin(string part, RecordedRow row, string at)
    {
        int[] exits = [.. row.Logits.Layers.Where(layer => layer > 0)];
        var classes = row.Logits.FirstLength;
        if (classes < 2 || exits.Length == 0)
        {
            throw new InputException(
                at,
                row.Logits.Layers.Count == 0 ? "has no logits" : exits.Length == 0 ? "has logits of exit 0 alone"
                    : $"has {classes} logits an exit",
                "write \"logits\": {\"layer\": [one number a class, …], …} with at least 2 classes");
        }

        row.Exits = [.. row.Logits.Layers];
        row.Classes = classes;
        row.EmbeddingSize = row.Embedding.Count;
        row.StateLayers = [.. row.States.Layers];
        row.StateSize = row.States.FirstLength;
        row.Exported.Begin();
        if (row.StateLayers.Except(exits).Cast<int?>().FirstOrDefault() is { } layer)
        {
            throw new InputException(
                at, $"has a state of layer {layer}, which carries no exit",
                $"record states of the exits {string.Join(", ", exits)}, or none");
        }

        if (row.StateLayers.Length > 0 && row.StateSize == 0)
        {
            throw new InputException(
                at, $"has an empty state at exit {row.StateLayers[0]}", "write what the exit's head pools, or leave \"states\" out");
        }

        return new RecordedExitsBuilder(part, exits, classes, row.EmbeddingSize, row.StateLayers, row.StateSize, row.Exits[0] == 0)
        {
            Exported = row.Exported.Said,
        };
    }

    private static void Append(RecordedExitsBuilder builder, RecordedRow row, string at)
    {
        if (row.Logits.Layers.Count == 0)
            throw new InputException(at, "has no logits", $"give it those of the exits {string.Join(", ", row.Exits)}");
        if (!row.Logits.Layers.SequenceEqual(row.Exits))
        {
            throw new InputException(
                at, $"has exits {string.Join(", ", row.Logits.Layers)} where the first row has {string.Join(", ", row.Exits)}",
                "give every sample the logits of the same exits");
        }

        if (row.Logits.OtherThan(row.Classes) is { } odd)
        {
            throw new InputException(
                at, $"has {odd.Length} logits at exit {odd.Layer} where the first row has {row.Classes}",
                "give every exit one logit a class");
        }

        if (row.Embedding.Count != row.EmbeddingSize)
        {
            throw new InputException(
                at, $"has an embedding of {row.Embedding.Count} numbers where the first row has {row.EmbeddingSize}",
                "give every sample an embedding of the same length, or none at all");
        }

        if (!row.States.Layers.SequenceEqual(row.StateLayers))
        {
            throw new InputException(
                at, $"has states of {Names(row.States.Layers)} where the first row has {Names(row.StateLayers)}",
                "give every sample states of the same exits, or none at all");
        }

        if (row.States.OtherThan(row.StateSize) is { } state)
        {
            throw new InputException(
                at, $"has a state of {state.Length} numbers at exit {state.Layer} where the first row has {row.StateSize}",
                "give every state the same length");
        }

        if (row.Gold < -1 || row.Gold >= row.Classes)
        {
            throw new InputException(
                at, $"has gold {row.Gold} with {row.Classes} classes",
                $"use a class of 0 … {row.Classes - 1}, or null where it is unknown");
        }

        row.Exported.Check(at);
        if (builder.Contains(row.Guid))
            throw new InputException(at, $"guid '{row.Guid}' came before", "give every sample one row and a guid of its own");
        builder.Add(row.Guid, row.Gold, row.Logits.Flat(), [.. row.Embedding], row.States.Flat());
    }

    private static void Parse(ReadOnlySpan<byte> line, RecordedRow row, string at, bool isCut)
    {
        row.Clear();
        try
        {
            var json = new Utf8JsonReader(line);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                throw Fault(line, malformed: null, at, isCut);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                ReadProperty(ref json, line, row, at);
            while (json.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw JsonText.HoldsBareNonFinite(line)
                ? new InputException(at, "holds NaN or Infinity", "find out why the model gave it, and record the predictions again")
                : Fault(line, e, at, isCut);
        }
        catch (InvalidOperationException)
        {
            var (problem, fix) = JsonText.NoText(line);
            throw new InputException(at, problem, fix);
        }

        if (!row.HasGuid)
            throw new InputException(at, "has no guid", "add \"guid\"");
    }

    private static InputException Fault(ReadOnlySpan<byte> line, JsonException? malformed, string at, bool isCut)
    {
        if (isCut && JsonLineFault.IsUnfinished(line))
        {
            return new InputException(
                at, "is the file's last and ends within an object: its writer was stopped, or is still at it",
                "leave the line out, or let the writer end it");
        }

        var fault = JsonLineFault.Of(line, malformed);
        return new InputException(at, fault.Problem, fault.Fix);
    }

    private static void ReadProperty(ref Utf8JsonReader json, ReadOnlySpan<byte> line, RecordedRow row, string at)
    {
        if (IsKey(ref json, "guid"u8, 1, row, at))
            ReadGuid(ref json, row, at);
        else if (IsKey(ref json, "gold"u8, 2, row, at))
            ReadGold(ref json, row, at);
        else if (IsKey(ref json, "logits"u8, 4, row, at))
            ReadLayers(ref json, row.Logits, s_logits, at);
        else if (IsKey(ref json, "embedding"u8, 8, row, at))
            ReadNumbers(ref json, row.Embedding, "embedding", at);
        else if (IsKey(ref json, "states"u8, 16, row, at))
            ReadLayers(ref json, row.States, s_states, at);
        else if (IsKey(ref json, "exits"u8, 32, row, at))
            ReadExported(ref json, line, row, at);
        else
            json.Skip();
    }

    /// <summary>What is no object is somebody else's key, as any other.</summary>
    private static void ReadExported(ref Utf8JsonReader json, ReadOnlySpan<byte> line, RecordedRow row, string at)
    {
        json.Read();
        var (start, isObject) = ((int)json.TokenStartIndex, json.TokenType == JsonTokenType.StartObject);
        json.Skip();
        if (isObject)
            row.Exported.Take(line[start..(int)json.BytesConsumed], at);
    }

    /// <summary>Whether the reader stands on a key, which a row may have once.</summary>
    private static bool IsKey(ref Utf8JsonReader json, ReadOnlySpan<byte> key, int bit, RecordedRow row, string at)
    {
        if (!json.ValueTextEquals(key))
            return false;
        if ((row.Keys & bit) != 0)
            throw new InputException(at, $"names \"{json.GetString()}\" twice", "write each key once");
        row.Keys |= bit;
        return true;
    }

    private static void ReadGuid(ref Utf8JsonReader json, RecordedRow row, string at)
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

    private static void ReadGold(ref Utf8JsonReader json, RecordedRow row, string at)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            row.Gold = -1;
        }
        else if (JsonTokens.TryWhole(ref json, out var gold) && gold >= 0)
        {
            row.Gold = gold;
        }
        else
        {
            throw new InputException(
                at, $"has a gold that is no class but {JsonTokens.Describe(ref json)}",
                "write the class's number from 0, without quotes, or null where it is unknown");
        }
    }

    private static void ReadLayers(ref Utf8JsonReader json, LayerNumbers into, (string Name, string Form) what, string at)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null && what == s_states)
            return;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new InputException(
                at, $"has {what.Name} that are no object but {JsonTokens.Describe(ref json)}", $"write \"{what.Name}\": {what.Form}");
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var exit) || (exit == 0 && what == s_states))
            {
                throw new InputException(
                    at, $"has {what.Name} under '{name}', which is no layer number",
                    $"name each exit by its layer, from {(what == s_states ? "1" : "1, or 0 for the exit before all layers")}");
            }

            if (!into.TryAdd(exit, out var numbers))
                throw new InputException(at, $"has exit {exit} twice{(what == s_states ? " in its states" : "")}", "name each exit once");
            ReadNumbers(ref json, numbers, $"{what.Name} of exit {name}", at);
        }
    }

    private static void ReadNumbers(ref Utf8JsonReader json, List<float> into, string what, string at)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return;
        if (json.TokenType != JsonTokenType.StartArray)
            throw new InputException(at, $"has {what} that are no array but {JsonTokens.Describe(ref json)}", "write an array of numbers");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartArray)
                throw new InputException(at, $"has {what} in a list of their own, [[…]]", "write them flat, in one array of numbers");
            if (json.TokenType != JsonTokenType.Number)
            {
                throw new InputException(
                    at, $"has {what} with something that is no number: {JsonTokens.Describe(ref json)}",
                    "write an array of numbers, without quotes");
            }

            var value = (float)json.GetDouble();
            if (!float.IsFinite(value))
            {
                throw new InputException(
                    at, $"has {what} beyond the range of fp32", "find out why the model gave it, and record the predictions again");
            }

            into.Add(value);
        }
    }

    private static string Names(IReadOnlyCollection<int> layers) =>
        layers.Count == 0 ? "no exit" : $"the exits {string.Join(", ", layers)}";
}
