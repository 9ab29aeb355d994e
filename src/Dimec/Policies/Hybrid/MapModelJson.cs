using System.Text.Json;
using Dimec.Json;
using Dimec.Predictions;

namespace Dimec.Policies.Hybrid;

/// <summary>The JSON of <see cref="MapModel"/>.</summary>
internal static class MapModelJson
{
    public static MapModel Read(JsonObjectReader json)
    {
        var kind = json.Choice<EmbeddingKind>("embeddingKind");
        var (mu, sigma) = (ReadLinear(json, "mu"), ReadLinear(json, "sigma"));
        if (mu.Weights.Count != sigma.Weights.Count || mu.Weights.Count == 0)
            json.Problem("sigma", $"has {sigma.Weights.Count} weights where mu has {mu.Weights.Count}", "make the plan again");
        json.NoOtherKeys();
        return new MapModel(kind ?? default, mu, sigma);
    }

    public static void Write(MapModel map, Utf8JsonWriter json)
    {
        json.WriteStartObject("map");
        json.WriteString("embeddingKind", ChoiceNames.Of(map.Kind));
        WriteLinear(json, "mu", map.Confidence);
        WriteLinear(json, "sigma", map.Variability);
        json.WriteEndObject();
    }

    private static LinearModel ReadLinear(JsonObjectReader json, string key)
    {
        if (json.Object(key) is not { IsObject: true } inner)
            return new LinearModel(0, []);
        var linear = new LinearModel(inner.Number("bias") ?? 0, inner.Numbers("weights"));
        inner.NoOtherKeys();
        return linear;
    }

    private static void WriteLinear(Utf8JsonWriter json, string key, LinearModel linear)
    {
        json.WriteStartObject(key);
        json.WriteNumber("bias", linear.Bias);
        json.WriteNumbers("weights", linear.Weights);
        json.WriteEndObject();
    }
}
