using System.Globalization;
using System.Text.Json;
using Dimec.Json;

namespace Dimec.Policies.Codecs;

/// <summary>The temperatures by exit that a plan's parameters hold.</summary>
internal static class TemperaturesJson
{
    private const string Key = "temperatures";

    public static void Write(IReadOnlyDictionary<int, double> temperatures, Utf8JsonWriter json) =>
        json.WriteNumbers(Key, temperatures.ToDictionary(t => t.Key.ToString(CultureInfo.InvariantCulture), t => t.Value));

    public static Dictionary<int, double> Read(JsonObjectReader json)
    {
        var temperatures = new Dictionary<int, double>();
        foreach (var (name, temperature) in json.NumbersByName(Key))
        {
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var exit))
                json.Problem($"{Key}.{name}", "is no layer number", "name each exit by its layer");
            else if (!float.IsFinite((float)temperature))
                json.Problem($"{Key}.{name}", "is beyond the range of fp32", "give a temperature such as 1");
            else
                temperatures[exit] = temperature;
        }

        return temperatures;
    }
}
