using System.Text.Json;

namespace Dimec.Text.Tokenization.Files;

/// <summary>A JSON value that may be of several kinds.</summary>
/// <param name="Element">The value.</param>
/// <param name="Keys">Its members, where it is an object; in any case what errors call it.</param>
internal readonly record struct JsonItem(JsonElement Element, JsonKeys Keys)
{
    /// <summary>Whether it is an object.</summary>
    public bool IsObject => Element.ValueKind == JsonValueKind.Object;

    /// <summary>The text; null where it is no text.</summary>
    public string? Text => Element.ValueKind == JsonValueKind.String ? Element.GetString() : null;

    /// <summary>The whole number from 0; null where it is something else.</summary>
    public int? Number => Element.ValueKind == JsonValueKind.Number
        && Element.TryGetInt32(out var number) && number is >= 0 and < int.MaxValue ? number : null;

    /// <summary>A value in a sentence: of one line, and not long.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Null => "null",
        _ => value.GetRawText() is { Length: > 40 } text ? $"{text[..37]}…" : value.GetRawText(),
    };
}
