using System.Text.Json;

namespace Dimec.Text.Tokenization.Files;

/// <summary>Reads members that may be absent, null or of another kind.</summary>
internal static class Json
{
    /// <summary>Parses a document whose root is an object.</summary>
    /// <exception cref="InputException">It is malformed, or its root is something else.</exception>
    public static JsonDocument Parse(Stream stream, string where, string fix)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(stream);
        }
        catch (JsonException exception)
        {
            throw new InputException($"{where} line {exception.LineNumber + 1}", "is not valid JSON", fix);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw new InputException(where, "is not a JSON object", fix);
    }

    public static string? Text(JsonElement parent, string name) => Member(parent, name, JsonValueKind.String)?.GetString();

    public static int? Number(JsonElement parent, string name) =>
        Member(parent, name, JsonValueKind.Number) is { } value && value.TryGetInt32(out var number) ? number : null;

    public static bool? Flag(JsonElement parent, string name) =>
        Member(parent, name, JsonValueKind.True) is not null ? true : Member(parent, name, JsonValueKind.False) is not null ? false : null;

    public static JsonElement? Object(JsonElement parent, string name) => Member(parent, name, JsonValueKind.Object);

    /// <summary>The elements of an array; none where it is absent.</summary>
    public static IEnumerable<JsonElement> Array(JsonElement parent, string name) =>
        Member(parent, name, JsonValueKind.Array) is { } array ? array.EnumerateArray() : [];

    private static JsonElement? Member(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
