using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dimec.Text.Tokenization.Files;

/// <summary>
/// One JSON object's members, each of which may be absent or null; one of another kind than is asked for is an error that names its place,
/// and never passes for an absent one.
/// </summary>
internal readonly struct JsonKeys
{
    private readonly JsonElement _object;
    private readonly string _where;
    private readonly string _path;
    private readonly string _fix;
    private readonly InputErrors _errors;
    private readonly Dictionary<string, JsonElement>? _byName;

    private JsonKeys(
        JsonElement element, string where, string path, string fix, InputErrors errors, Dictionary<string, JsonElement>? byName = null) =>
        (_object, _where, _path, _fix, _errors, _byName) = (element, where, path, fix, errors, byName);

    /// <summary>The members of a document's root.</summary>
    public static JsonKeys Of(JsonDocument document, string where, string fix, InputErrors errors) =>
        new(document.RootElement, where, "", fix, errors);

    /// <summary>What errors call this object: the file, and the path in it.</summary>
    public string Where => _path.Length == 0 ? _where : $"{_where} {_path}";

    /// <summary>The same for who asks for each of many members: a document searches for each.</summary>
    public JsonKeys Indexed()
    {
        var byName = new Dictionary<string, JsonElement>();
        foreach (var member in _object.EnumerateObject())
            byName[member.Name] = member.Value;
        return new JsonKeys(_object, _where, _path, _fix, _errors, byName);
    }

    /// <summary>The members' names, in the file's order.</summary>
    public IEnumerable<string> Names => _object.EnumerateObject().Select(member => member.Name);

    /// <summary>What errors call a member.</summary>
    public string PlaceOf(string name)
    {
        var shown = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? name
            : $"[{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}]";
        return _path.Length == 0 ? $"{_where} {shown}" : shown.StartsWith('[') ? $"{_where} {_path}{shown}" : $"{_where} {_path}.{shown}";
    }

    /// <summary>Whether there is a member that is not null.</summary>
    public bool Has(string name) => Value(name) is not null;

    public string? Text(string name) => Of(name, "a text", JsonValueKind.String)?.GetString();

    public bool? Flag(string name) =>
        Of(name, "true or false", JsonValueKind.True, JsonValueKind.False) is { } value ? value.ValueKind == JsonValueKind.True : null;

    /// <summary>A whole number from 0, as ids are.</summary>
    public int? Number(string name)
    {
        if (Value(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number is >= 0 and < int.MaxValue)
            return number;
        Wrong(name, value, "a whole number from 0");
        return null;
    }

    public JsonKeys? Object(string name) => Of(name, "an object", JsonValueKind.Object) is { } value ? Inner(value, PathOf(name)) : null;

    /// <summary>An array's elements, each with its place; none where the member is absent.</summary>
    public IReadOnlyList<JsonItem> Array(string name)
    {
        if (Of(name, "an array", JsonValueKind.Array) is not { } array)
            return [];
        var (path, self) = (PathOf(name), this);
        return [.. array.EnumerateArray().Select((element, index) => new JsonItem(element, self.Inner(element, $"{path}[{index}]")))];
    }

    /// <summary>A member that may be of more kinds than one; null where it is absent or null.</summary>
    public JsonItem? Item(string name) => Value(name) is { } value ? new JsonItem(value, Inner(value, PathOf(name))) : null;

    /// <summary>Adds an error about a member.</summary>
    public void Add(string name, string problem, string? fix = null) => _errors.Add(PlaceOf(name), problem, fix ?? _fix);

    /// <summary>Adds an error about the object itself.</summary>
    public void AddHere(string problem, string? fix = null) => _errors.Add(Where, problem, fix ?? _fix);

    private JsonKeys Inner(JsonElement element, string path) => new(element, _where, path, _fix, _errors);

    private string PathOf(string name) => PlaceOf(name)[(_where.Length + 1)..];

    private JsonElement? Value(string name)
    {
        if (_object.ValueKind != JsonValueKind.Object)
            return null;
        var isThere = _byName is null ? _object.TryGetProperty(name, out var value) : _byName.TryGetValue(name, out value);
        return isThere && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private JsonElement? Of(string name, string expected, params ReadOnlySpan<JsonValueKind> kinds)
    {
        if (Value(name) is not { } value)
            return null;
        if (kinds.Contains(value.ValueKind))
            return value;
        Wrong(name, value, expected);
        return null;
    }

    private void Wrong(string name, JsonElement value, string expected) =>
        Add(name, $"is {JsonItem.Describe(value)} where {expected} is expected");
}
