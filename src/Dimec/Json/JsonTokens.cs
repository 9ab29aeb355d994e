using System.Text;
using System.Text.Json;

namespace Dimec.Json;

/// <summary>What the readers of JSON lines ask of the token that they stand on.</summary>
internal static class JsonTokens
{
    private const int MostShown = 40;

    /// <summary>A whole number, which Python may have written as 1.0.</summary>
    public static bool TryWhole(ref Utf8JsonReader json, out int value)
    {
        value = 0;
        if (json.TokenType != JsonTokenType.Number)
            return false;
        if (json.TryGetInt32(out value))
            return true;
        var number = json.GetDouble();
        if (number != Math.Truncate(number) || number is < int.MinValue or > int.MaxValue)
            return false;
        value = (int)number;
        return true;
    }

    /// <summary>The token in a sentence, e.g. <c>the text "1"</c>.</summary>
    public static string Describe(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => $"the text {Shown(json.ValueSpan, quoted: true)}",
        JsonTokenType.Number => Shown(json.ValueSpan, quoted: false),
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };

    private static string Shown(ReadOnlySpan<byte> value, bool quoted)
    {
        var text = Encoding.UTF8.GetString(value[..Math.Min(value.Length, MostShown)]) + (value.Length > MostShown ? "…" : "");
        return quoted ? $"\"{text}\"" : text;
    }
}
