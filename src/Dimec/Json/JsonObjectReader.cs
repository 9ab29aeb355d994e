using System.Text.Json;

namespace Dimec.Json;

/// <summary>
/// Reads one JSON object key by key and gathers what is wrong with it, each problem with the file and the path of its key,
/// so that one run shows the user every mistake of a file. A value that is wrong reads as the type's empty value.
/// </summary>
public sealed class JsonObjectReader
{
    private const int MostShown = 60;

    /// <summary>Who asks for more keys than these has them looked up; a document searches for each.</summary>
    private const int Few = 32;

    private readonly JsonElement _element;
    private readonly string _file;
    private readonly string _path;
    private readonly InputErrors _errors;
    private readonly HashSet<string> _known = [];
    private Dictionary<string, JsonElement>? _byKey;

    /// <summary>Reads an element; that it is no object is a problem as well.</summary>
    /// <param name="element">The object.</param>
    /// <param name="file">How problems name the file.</param>
    /// <param name="path">The keys that lead to the object, with points between them; empty for the whole of a file.</param>
    /// <param name="errors">Gets the problems.</param>
    public JsonObjectReader(JsonElement element, string file, string path, InputErrors errors)
    {
        (_element, _file, _path, _errors) = (element, file, path, errors);
        IsObject = element.ValueKind == JsonValueKind.Object;
        if (!IsObject)
            errors.Add(WhereOf(null), $"is {Kind(element)} where an object is expected", "write it as {\"key\": value, …}");
    }

    /// <summary>
    /// False where the element is something else than an object; then every key reads as absent, without further problems.
    /// </summary>
    public bool IsObject { get; }

    /// <summary>What gets the problems.</summary>
    public InputErrors Errors => _errors;

    /// <summary>Parses a whole document.</summary>
    /// <param name="stream">The document.</param>
    /// <param name="file">How errors name the file.</param>
    /// <returns>The document, for the caller to dispose.</returns>
    /// <exception cref="InputException">It is malformed, or an object names a key twice.</exception>
    public static JsonDocument Parse(Stream stream, string file) =>
        JsonInput.Parse(stream, file, "correct it there, or write the file again", JsonInput.KeysOnce);

    /// <summary>Parses one line of a file.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="where">The file and the line.</param>
    /// <returns>The object, for the caller to dispose.</returns>
    /// <exception cref="InputException">It is not one JSON object.</exception>
    public static JsonDocument ParseLine(ReadOnlySpan<byte> line, string where) =>
        JsonInput.ParseLine(line.ToArray(), where, JsonInput.KeysOnce);

    /// <summary>"file path.key", the way in which every problem names its place.</summary>
    /// <param name="key">The key; null for the object itself.</param>
    public string WhereOf(string? key)
    {
        var path = key is null ? _path : _path.Length == 0 ? key : $"{_path}.{key}";
        return path.Length == 0 ? _file : $"{_file} {path}";
    }

    /// <summary>Adds a problem.</summary>
    /// <param name="key">The key at fault; null for the object itself.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="fix">What to do about it, as an imperative.</param>
    public void Problem(string? key, string problem, string fix) => _errors.Add(WhereOf(key), problem, fix);

    /// <summary>Checks the number of the file's format. In another one nothing else can be judged, so it ends the reading.</summary>
    /// <param name="expected">The format that is read.</param>
    /// <exception cref="InputException">The format is another.</exception>
    public void Format(int expected)
    {
        var format = Integer("format");
        if (format is null || format == expected)
            return;
        Problem(
            "format", $"is {format}, which is not known here",
            $"write the file in format {expected}, or use a version of Dimec that reads {format}");
        _errors.ThrowIfAny();
    }

    /// <summary>A text that is not empty.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The text; the empty one where it is missing or wrong (which is then a gathered problem).</returns>
    public string String(string key)
    {
        var text = OptionalString(key);
        if (text is null && !Has(key))
            Missing(key, "a text");
        else if (text is { Length: 0 })
            Problem(key, "is empty", "give it a text");
        return text ?? "";
    }

    /// <summary>A text that need not be there; null where it is not.</summary>
    /// <param name="key">The key.</param>
    public string? OptionalString(string key) => Take(key, JsonValueKind.String, "a text")?.GetString();

    /// <summary>A value of a choice by its word; null where it is missing or not known (which is then a gathered problem).</summary>
    /// <param name="key">The key.</param>
    /// <typeparam name="T">The choice.</typeparam>
    public T? Choice<T>(string key)
        where T : struct, Enum
    {
        var name = String(key);
        var value = ChoiceNames.Find<T>(name);
        if (value is null && name.Length > 0)
            Problem(key, $"is '{name}'", $"use one of {string.Join(", ", ChoiceNames.All<T>())}");
        return value;
    }

    /// <summary>True or false; false where it is missing or wrong (which is then a gathered problem).</summary>
    /// <param name="key">The key.</param>
    public bool Boolean(string key)
    {
        if (Find(key) is not { } value)
        {
            Missing(key, "true or false");
            return false;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Problem(key, $"is {Kind(value)}", "write true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A whole number, or null where it is missing or wrong (which is then a gathered problem).</summary>
    /// <param name="key">The key.</param>
    public int? Integer(string key) => (int?)Whole(key, int.MinValue, int.MaxValue);

    /// <summary>A whole number of 64 bits, or null where it is missing or wrong (which is then a gathered problem).</summary>
    /// <param name="key">The key.</param>
    public long? Long(string key) => Whole(key, long.MinValue, long.MaxValue);

    /// <summary>A finite number, or null where it is missing or wrong (which is then a gathered problem).</summary>
    /// <param name="key">The key.</param>
    public double? Number(string key)
    {
        if (!Has(key))
        {
            Missing(key, "a number");
            return null;
        }

        return OptionalNumber(key);
    }

    /// <summary>A finite number that need not be there; null where it is not.</summary>
    /// <param name="key">The key.</param>
    public double? OptionalNumber(string key)
    {
        if (Take(key, JsonValueKind.Number, "a number") is not { } value)
            return null;
        var number = value.GetDouble();
        if (double.IsFinite(number))
            return number;
        Problem(key, "is too large for a number", "give a finite number");
        return null;
    }

    /// <summary>An object, whose problems go where this one's go; null where it is missing.</summary>
    /// <param name="key">The key.</param>
    public JsonObjectReader? Object(string key)
    {
        var found = Find(key);
        if (found is null)
            Missing(key, "an object");
        return found is { } value ? new JsonObjectReader(value, _file, PathOf(key), _errors) : null;
    }

    /// <summary>The elements of an array, each with the path by which problems name it; empty where the key is missing or wrong.</summary>
    /// <param name="key">The key.</param>
    /// <param name="required">Whether it is a problem where the key is missing.</param>
    public IEnumerable<(JsonElement Element, string Path)> Array(string key, bool required = true)
    {
        if (required && !Has(key))
            Missing(key, "an array");
        return Take(key, JsonValueKind.Array, "an array") is { } value
            ? value.EnumerateArray().Select((element, i) => (element, $"{PathOf(key)}[{i}]"))
            : [];
    }

    /// <summary>The objects of an array; whatever else it holds is a problem, and left out.</summary>
    /// <param name="key">The key.</param>
    /// <param name="required">Whether it is a problem where the key is missing.</param>
    public IEnumerable<JsonObjectReader> Objects(string key, bool required = true) =>
        Array(key, required).Select(item => new JsonObjectReader(item.Element, _file, item.Path, _errors)).Where(reader => reader.IsObject);

    /// <summary>The texts of an array; whatever else it holds is a problem, and left out.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyList<string> Strings(string key)
    {
        var strings = new List<string>();
        foreach (var (element, path) in Array(key))
        {
            if (element.ValueKind == JsonValueKind.String)
                strings.Add(element.GetString()!);
            else
                _errors.Add($"{_file} {path}", $"is {Kind(element)}", "write a text");
        }

        return strings;
    }

    /// <summary>The finite numbers of an array; whatever else it holds is a problem, and left out.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyList<double> Numbers(string key)
    {
        var numbers = new List<double>();
        foreach (var (element, path) in Array(key))
        {
            if (element.ValueKind == JsonValueKind.Number && double.IsFinite(element.GetDouble()))
                numbers.Add(element.GetDouble());
            else
                _errors.Add($"{_file} {path}", $"is {Kind(element)}", "write a finite number");
        }

        return numbers;
    }

    /// <summary>An object of numbers by name, e.g. shares by tier.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyDictionary<string, double> NumbersByName(string key)
    {
        if (Object(key) is not { IsObject: true } inner)
            return new Dictionary<string, double>();
        return inner.Keys.ToDictionary(name => name, name => inner.Number(name) ?? 0);
    }

    /// <summary>An object of texts by name.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyDictionary<string, string> StringsByName(string key)
    {
        if (Object(key) is not { IsObject: true } inner)
            return new Dictionary<string, string>();
        return inner.Keys.ToDictionary(name => name, inner.String);
    }

    /// <summary>True where the key is there with another value than null.</summary>
    /// <param name="key">The key.</param>
    public bool Has(string key) => Find(key) is { ValueKind: not JsonValueKind.Null };

    /// <summary>True where the key is there and says null: that there is none.</summary>
    /// <param name="key">The key.</param>
    public bool IsNull(string key) => Find(key) is { ValueKind: JsonValueKind.Null };

    /// <summary>The value itself, for what is kept as it is.</summary>
    public JsonElement Element => _element;

    /// <summary>The keys, in the order of the file; none where the element is no object.</summary>
    public IReadOnlyList<string> Keys => IsObject ? [.. _element.EnumerateObject().Select(property => property.Name)] : [];

    /// <summary>Call after every key has been asked for: whatever is left over is a typing mistake of the user's.</summary>
    public void NoOtherKeys()
    {
        var fix = $"remove it, or use one of {string.Join(", ", _known.Order(StringComparer.Ordinal))}";
        foreach (var key in Keys.Where(key => !_known.Contains(key)))
            Problem(key, "is not a key that is known here", fix);
    }

    private string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private JsonElement? Find(string key)
    {
        _known.Add(key);
        if (!IsObject)
            return null;
        if (_known.Count <= Few)
            return _element.TryGetProperty(key, out var found) ? found : null;
        _byKey ??= ByKey();
        return _byKey.TryGetValue(key, out var value) ? value : null;
    }

    private Dictionary<string, JsonElement> ByKey()
    {
        var byKey = new Dictionary<string, JsonElement>();
        foreach (var property in _element.EnumerateObject())
            byKey[property.Name] = property.Value;
        return byKey;
    }

    private JsonElement? Take(string key, JsonValueKind kind, string expected)
    {
        if (Find(key) is not { } value || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == kind)
            return value;
        Problem(key, $"is {Kind(value)}", $"write {expected}");
        return null;
    }

    private long? Whole(string key, long minimum, long maximum)
    {
        if (!Has(key))
        {
            Missing(key, "a whole number");
            return null;
        }

        if (Take(key, JsonValueKind.Number, "a whole number") is not { } value)
            return null;
        if (value.TryGetInt64(out var number) && number >= minimum && number <= maximum)
            return number;
        Problem(key, $"is {Shown(value)}", "write a whole number");
        return null;
    }

    private void Missing(string key, string expected)
    {
        if (IsObject)
            Problem(key, "is missing", $"add it: {expected}");
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Shown(element),
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "nothing",
    };

    private static string Shown(JsonElement element)
    {
        var text = element.GetRawText();
        if (text.Length <= MostShown)
            return text;
        return text[..(char.IsHighSurrogate(text[MostShown - 1]) ? MostShown - 1 : MostShown)] + "…";
    }
}
