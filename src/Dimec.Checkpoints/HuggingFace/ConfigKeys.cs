using System.Globalization;
using System.Text.Json;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>Typed access to one JSON object's keys; what is wrong is gathered, and a usable value returned in its place.</summary>
internal sealed class ConfigKeys(JsonElement root, string where, InputErrors errors)
{
    private const string Fix = "use the config.json that was saved with the weights";

    public JsonElement? Element(string key) =>
        root.TryGetProperty(key, out var element) && element.ValueKind != JsonValueKind.Null ? element : null;

    public string? Text(string key)
    {
        if (Element(key) is not { } element)
            return null;
        if (element.ValueKind == JsonValueKind.String)
            return element.GetString();
        Wrong(key, element, "a string");
        return null;
    }

    /// <summary>The first text of an array of texts; null where there is none.</summary>
    public string? FirstText(string key)
    {
        if (Element(key) is not { } element)
            return null;
        if (element.ValueKind == JsonValueKind.Array && element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            return element.EnumerateArray().Select(item => item.GetString()).FirstOrDefault();
        Wrong(key, element, "an array of strings");
        return null;
    }

    public bool Flag(string key)
    {
        if (Element(key) is not { } element)
            return false;
        if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Wrong(key, element, "true or false");
        return element.ValueKind == JsonValueKind.True;
    }

    public int Count(string key, int? fallback = null, int most = int.MaxValue)
    {
        if (Element(key) is not { } element)
        {
            if (fallback is null)
                errors.Add($"{where} {key}", "is missing", Fix);
            return fallback ?? 1;
        }

        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) && value >= 1 && value <= most)
            return value;
        Wrong(key, element, most == int.MaxValue ? "a whole number of at least 1" : $"a whole number from 1 to {most}");
        return 1;
    }

    public int Integer(string key, int fallback)
    {
        if (Element(key) is not { } element)
            return fallback;
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value))
            return value;
        Wrong(key, element, "a whole number");
        return fallback;
    }

    public double Number(string key, double fallback, string expected, Predicate<double> accepts) =>
        Number(key, expected, accepts) ?? fallback;

    public double? Probability(string key) => Number(key, "a probability of at least 0 and below 1", value => value is >= 0 and < 1);

    public Activation Activation(string key)
    {
        switch (Text(key))
        {
            case null or "gelu" or "gelu_python":
                return Checkpoints.Activation.Gelu;
            case "gelu_new" or "gelu_pytorch_tanh":
                return Checkpoints.Activation.GeluTanh;
            case "relu":
                return Checkpoints.Activation.Relu;
            case var other:
                errors.Add(
                    $"{where} {key}", $"is \"{other}\" where gelu, gelu_new and relu are supported", "give a checkpoint with one of these");
                return Checkpoints.Activation.Gelu;
        }
    }

    private double? Number(string key, string expected, Predicate<double> accepts)
    {
        if (Element(key) is not { } element)
            return null;
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) && double.IsFinite(value) && accepts(value))
            return value;
        Wrong(key, element, expected);
        return null;
    }

    private void Wrong(string key, JsonElement element, string expected) =>
        errors.Add($"{where} {key}", string.Create(CultureInfo.InvariantCulture, $"is {Shown(element)} where {expected} is expected"), Fix);

    /// <summary>The value as the file has it, of one line and not too long.</summary>
    private static string Shown(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => element.GetRawText() is { Length: > 60 } text ? $"{text[..57]}…" : element.GetRawText(),
    };
}
