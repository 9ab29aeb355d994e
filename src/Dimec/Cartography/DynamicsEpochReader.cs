using System.Text;
using System.Text.Json;
using Dimec.Json;

namespace Dimec.Cartography;

/// <summary>Reads one epoch's file row by row. The current row stays until the next call.</summary>
internal sealed class DynamicsEpochReader(DynamicsEpoch epoch) : IDisposable
{
    private readonly Utf8LineReader _lines = new(epoch.Open(), epoch.Name);
    private readonly byte[] _logitsKey = Encoding.UTF8.GetBytes($"logits_epoch_{epoch.Number}");
    private int _rows;
    private string? _otherKey;

    public DynamicsRow Row { get; } = new();

    public string Name => epoch.Name;

    public int LineNumber => _lines.LineNumber;

    /// <summary>Reads the next row; false at the end of the file.</summary>
    public bool TryRead()
    {
        if (!_lines.TryRead(out var line))
        {
            return _rows > 0
                ? false
                : throw new InputException(Name, "is empty", "record the epoch again, or remove it and the later ones");
        }

        _rows++;
        Parse(line);
        return true;
    }

    public InputException Problem(string problem, string fix) => ProblemAt(LineNumber, problem, fix);

    public InputException ProblemAt(int line, string problem, string fix) => new($"{Name} line {line}", problem, fix);

    public void Dispose() => _lines.Dispose();

    private void Parse(ReadOnlySpan<byte> line)
    {
        Row.Clear();
        _otherKey = null;
        try
        {
            var json = new Utf8JsonReader(line);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                throw Problem(JsonLineFault.Of(line, malformed: null));
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                ReadProperty(ref json);
            while (json.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw JsonText.HoldsBareNonFinite(line)
                ? NotFinite()
                : Problem(JsonLineFault.Of(line, e));
        }
        catch (InvalidOperationException)
        {
            var (problem, fix) = JsonText.NoText(line);
            throw Problem(problem, fix);
        }

        CheckComplete();
    }

    private void ReadProperty(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("guid"u8))
            ReadGuid(ref json);
        else if (json.ValueTextEquals(_logitsKey))
            ReadLogits(ref json);
        else if (json.ValueTextEquals("gold"u8))
            ReadGold(ref json);
        else
            ReadOther(ref json);
    }

    /// <summary>Other keys are anybody's, but logits under another epoch's key explain where these have gone.</summary>
    private void ReadOther(ref Utf8JsonReader json)
    {
        if (_otherKey is null && json.ValueSpan.StartsWith("logits"u8))
            _otherKey = json.GetString();
        json.Skip();
    }

    private void ReadGuid(ref Utf8JsonReader json)
    {
        if (Row.HasGuid)
            throw Twice("guid");
        json.Read();
        var buffer = Row.GuidBuffer(json.ValueSpan.Length);
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                Row.SetGuid(json.CopyString(buffer), isNumber: false);
                break;
            case JsonTokenType.Number:
                json.ValueSpan.CopyTo(buffer);
                Row.SetGuid(json.ValueSpan.Length, isNumber: true);
                break;
            default:
                throw Problem("has a guid that is neither a text nor a number", "give every sample a guid");
        }
    }

    private void ReadLogits(ref Utf8JsonReader json)
    {
        if (Row.HasLogits)
            throw Twice($"logits_epoch_{epoch.Number}");
        Row.HasLogits = true;
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
            throw Problem($"{Subject()} has logits that are no array but {JsonTokens.Describe(ref json)}", "write one number a class");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number)
                throw NoNumber(ref json);
            var logit = json.GetDouble();
            if (!float.IsFinite((float)logit))
                throw NotFinite();
            Row.Logits.Add(logit);
        }
    }

    private void ReadGold(ref Utf8JsonReader json)
    {
        if (Row.Gold is not null)
            throw Twice("gold");
        json.Read();
        if (!JsonTokens.TryWhole(ref json, out var gold))
        {
            throw Problem(
                $"{Subject()} has a gold that is no whole number but {JsonTokens.Describe(ref json)}",
                "write the true class's number from 0, without quotes");
        }

        Row.Gold = gold;
    }

    private void CheckComplete()
    {
        if (!Row.HasGuid)
            throw Problem("has no guid", "add \"guid\"");
        if (Row.Logits.Count == 0 && _otherKey is not null)
        {
            throw Problem(
                $"{Subject()} has its logits under '{_otherKey}' where this is epoch {epoch.Number}",
                $"name the key logits_epoch_{epoch.Number}, or the file by the key's epoch");
        }

        if (Row.Logits.Count == 0)
        {
            throw Problem(
                $"{Subject()} has no logits under 'logits_epoch_{epoch.Number}'",
                "name the key by the file's epoch and give it one number a class");
        }

        if (Row.Logits.Count == 1)
            throw Problem($"{Subject()} has one logit only", "give it one number a class, of two classes or more");
        if (Row.Gold is not { } gold)
            throw Problem($"{Subject()} has no gold", "add the true class's number");
        if (gold < 0 || gold >= Row.Logits.Count)
            throw Problem($"{Subject()} has gold {gold} with {Row.Logits.Count} classes", $"use a class of 0 … {Row.Logits.Count - 1}");
    }

    private InputException Problem(JsonLineFault fault) => Problem(fault.Problem, fault.Fix);

    private InputException Twice(string key) => Problem($"names \"{key}\" twice", "write each key once");

    private InputException NoNumber(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartArray =>
            Problem($"{Subject()} has its logits in a list of their own, [[…]]", "write them flat, one number a class"),
        JsonTokenType.Null => NotFinite(),
        JsonTokenType.String when json.ValueTextEquals("NaN"u8)
            || json.ValueTextEquals("Infinity"u8) || json.ValueTextEquals("-Infinity"u8) => NotFinite(),
        _ => Problem(
            $"{Subject()} has {JsonTokens.Describe(ref json)} among its logits", "write them as numbers, without quotes, one a class"),
    };

    private InputException NotFinite() =>
        Problem(
            $"{Subject()} has a logit that is no finite fp32 number",
            "leave out the epochs from the one on in which the training diverged, or train again with a lower learning rate");

    private string Subject() => Row.HasGuid ? $"guid '{Row.Guid}'" : "the sample";
}
