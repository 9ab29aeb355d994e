using System.Text.Json;
using Dimec.Json;

namespace Dimec.Evaluation.Gains;

/// <summary>The JSON of <see cref="RivalGain"/>.</summary>
internal static class RivalGainJson
{
    public static RivalGain? Read(JsonObjectReader json, string key)
    {
        if (!json.Has(key) || json.Object(key) is not { IsObject: true } inner)
            return null;
        var gain = new RivalGain(
            inner.String("rival"), inner.Number("reduction") ?? 0, inner.Number("drop") ?? 0, inner.Number("beyond") ?? 0);
        inner.NoOtherKeys();
        return gain;
    }

    public static void Write(Utf8JsonWriter json, string key, RivalGain? gain)
    {
        if (gain is null)
            return;
        json.WriteStartObject(key);
        json.WriteString("rival", gain.Rival);
        json.WriteNumber("reduction", gain.Reduction);
        json.WriteNumber("drop", gain.Drop);
        json.WriteNumber("beyond", gain.Beyond);
        json.WriteEndObject();
    }
}
