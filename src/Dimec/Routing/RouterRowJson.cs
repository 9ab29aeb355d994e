using System.Text.Json;
using Dimec.Evaluation;
using Dimec.Json;

namespace Dimec.Routing;

/// <summary>The JSON of <see cref="RouterRow"/>, without its name.</summary>
internal static class RouterRowJson
{
    public static RouterRow Read(JsonObjectReader json, string name)
    {
        var row = new RouterRow(
            name, json.Integer("n") ?? 0, json.OptionalEstimate("accuracy"), json.OptionalEstimate("drop"), json.Number("cost") ?? 0,
            json.Number("reduction") ?? 0, json.NumbersByName("shares"));
        json.NoOtherKeys();
        return row;
    }

    public static void Write(Utf8JsonWriter json, RouterRow row)
    {
        json.WriteNumber("n", row.N);
        if (row.Accuracy is { } accuracy)
            json.WriteEstimate("accuracy", accuracy);
        if (row.Drop is { } drop)
            json.WriteEstimate("drop", drop);
        json.WriteNumber("cost", row.Cost);
        json.WriteNumber("reduction", row.Reduction);
        json.WriteNumbers("shares", row.Shares);
    }
}
