using System.Text.Json;

namespace Dimec.Runs.Records;

/// <summary>A value of <c>run.json</c> with its place, so that what is wrong with it is a sentence that names it.</summary>
/// <param name="Value">The value.</param>
/// <param name="File">How errors name the file.</param>
/// <param name="Path">The keys that lead to it, with points between them; empty for the whole.</param>
public readonly record struct RecordNode(JsonElement Value, string File, string Path)
{
    private const string Fix = "train again, or remove the file to use the other parts of the folder";

    /// <summary>What stands under a key.</summary>
    /// <exception cref="InputException">The value is no object, or has no such key.</exception>
    public RecordNode this[string key] => Find(key) ?? throw new InputException($"{File} {PathOf(key)}", "is missing", Fix);

    /// <summary>The text.</summary>
    /// <exception cref="InputException">It is something else.</exception>
    public string Text => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Wrong("a text");

    /// <summary>True or false.</summary>
    /// <exception cref="InputException">It is something else.</exception>
    public bool Truth => Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Wrong("true or false");

    /// <summary>The finite number.</summary>
    /// <exception cref="InputException">It is something else.</exception>
    public double Number => Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw Wrong("a number");

    /// <summary>The elements of an array.</summary>
    /// <exception cref="InputException">It is something else.</exception>
    public IReadOnlyList<RecordNode> Elements
    {
        get
        {
            var (file, path) = (File, Path);
            return Value.ValueKind == JsonValueKind.Array
                ? [.. Value.EnumerateArray().Select((element, i) => new RecordNode(element, file, $"{path}[{i}]"))]
                : throw Wrong("an array");
        }
    }

    /// <summary>The members of an object, by name.</summary>
    /// <exception cref="InputException">It is something else.</exception>
    public IReadOnlyList<KeyValuePair<string, RecordNode>> Members
    {
        get
        {
            var node = this;
            return Value.ValueKind == JsonValueKind.Object
                ? [.. Value.EnumerateObject()
                    .Select(member => KeyValuePair.Create(member.Name, new RecordNode(member.Value, node.File, node.PathOf(member.Name))))]
                : throw Wrong("an object");
        }
    }

    /// <summary>A whole number that is no smaller than a bound.</summary>
    /// <exception cref="InputException">It is something else.</exception>
    public int Whole(int minimum) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var number) && number >= minimum
            ? number
            : throw Wrong($"a whole number from {minimum}");

    /// <summary>What stands under a key; null where there is nothing, or null.</summary>
    /// <exception cref="InputException">The value is no object.</exception>
    public RecordNode? Find(string key)
    {
        if (Value.ValueKind != JsonValueKind.Object)
            throw Wrong("an object");
        return Value.TryGetProperty(key, out var found) && found.ValueKind != JsonValueKind.Null
            ? new RecordNode(found, File, PathOf(key))
            : null;
    }

    /// <summary>The problem that the value is something else than what a record has in its place.</summary>
    public InputException Wrong(string expected) =>
        new(Path.Length == 0 ? File : $"{File} {Path}", $"is not {expected}, as the record of a training has it", Fix);

    private string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";
}
