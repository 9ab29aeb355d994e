using System.Text.Json;

namespace Dimec.Cartography;

/// <summary>A guid in JSON: a number stays a number.</summary>
internal static class GuidJson
{
    public static void WriteGuid(this Utf8JsonWriter json, SampleGuid guid)
    {
        json.WritePropertyName("guid");
        if (guid.IsNumber)
            json.WriteRawValue(guid.Text);
        else
            json.WriteStringValue(guid.Text);
    }
}
