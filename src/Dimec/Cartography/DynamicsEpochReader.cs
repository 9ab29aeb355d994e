using System.Text;
using System.Text.Json;
using Dimec.Json;

namespace Dimec.Cartography;

/// <summary>Reads one epoch's file row by row. The current row stays until the next call.</summary>
internal sealed class DynamicsEpochReader(DynamicsEpoch epoch) : IDisposable
{
    private readonly Utf8LineReader _lines = new(epoch.Open());
    private readonly byte[] _logitsKey = Encoding.UTF8.GetBytes($"logits_epoch_{epoch.Number}");
    private int _rows;

    public DynamicsRow Row { get; } = new();

    public string Name => epoch.Name;

    public int LineNumber => _lines.LineNumber;

    /// <summary>Reads the next row; false at the end of the file.</summary>
    public bool TryRead()
    {
        if (!_lines.TryRead(out var line))
        {
            return _rows > 0 ? false : throw new InputException(Name, "is empty", "record the epoch again, or remove it and the later ones");
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
        try
        {
            var json = new Utf8JsonReader(line);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                throw Problem("is not a JSON object", "write one object a line");
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
                : Problem($"is not well-formed JSON ({JsonText.Reason(e)})", "correct the line, or record the epoch again");
        }
        catch (InvalidOperationException)
        {
            throw Problem("holds text that is not valid UTF-8", "write the file as UTF-8");
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
            json.Skip();
    }

    private void ReadGuid(ref Utf8JsonReader json)
    {
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
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
            throw Problem("has logits that are no array", "write one number a class");
        Row.Logits.Clear();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number)
                throw NotFinite();
            var logit = json.GetDouble();
            if (!float.IsFinite((float)logit))
                throw NotFinite();
            Row.Logits.Add(logit);
        }
    }

    private void ReadGold(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var gold))
            throw Problem("has a gold that is no whole number", "write the true class's number from 0");
        Row.Gold = gold;
    }

    private void CheckComplete()
    {
        if (!Row.HasGuid)
            throw Problem("has no guid", "add \"guid\"");
        if (Row.Logits.Count == 0)
            throw Problem($"{Subject()} has no logits under 'logits_epoch_{epoch.Number}'", "name the key by the file's epoch and give it one number a class");
        if (Row.Logits.Count == 1)
            throw Problem($"{Subject()} has one logit only", "give it one number a class, of two classes or more");
        if (Row.Gold is not { } gold)
            throw Problem($"{Subject()} has no gold", "add the true class's number");
        if (gold < 0 || gold >= Row.Logits.Count)
            throw Problem($"{Subject()} has gold {gold} with {Row.Logits.Count} classes", $"use a class of 0 … {Row.Logits.Count - 1}");
    }

    private InputException NotFinite() =>
        Problem($"{Subject()} has a logit that is no finite fp32 number", "leave out the epochs from the one on in which the training diverged, or train again with a lower learning rate");

    private string Subject() => Row.HasGuid ? $"guid '{Row.Guid}'" : "the sample";
}
