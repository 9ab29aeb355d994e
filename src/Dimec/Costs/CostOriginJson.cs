using System.Text.Json;
using Dimec.Json;
using Dimec.Statistics;

namespace Dimec.Costs;

/// <summary>The object <c>measured</c> of a cost file.</summary>
internal static class CostOriginJson
{
    /// <summary>Reads the object; what is wrong with it is added to the reader's errors, and its place taken by something.</summary>
    public static CostOrigin Read(JsonObjectReader json)
    {
        var origin = new CostOrigin
        {
            Date = Dates.Read(json, "date"),
            Machine = json.String("machine"),
            Measurement = json.String("measurement"),
            Rows = json.Integer("rows") ?? 1,
            Tokens = json.Number("tokens") ?? 0,
            Intervals = json.Object("intervals") is { } intervals
                ? intervals.Keys.ToDictionary(tier => tier, intervals.Interval)
                : new Dictionary<string, Interval>(),
            Assumed = json.Strings("assumed"),
        };
        json.NoOtherKeys();
        return origin;
    }

    public static void Write(CostOrigin origin, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Dates.Write(json, "date", origin.Date);
        json.WriteString("machine", origin.Machine);
        json.WriteString("measurement", origin.Measurement);
        json.WriteNumber("rows", origin.Rows);
        json.WriteNumber("tokens", origin.Tokens);
        json.WriteStartObject("intervals");
        foreach (var (tier, interval) in origin.Intervals)
            json.WriteInterval(tier, interval);
        json.WriteEndObject();
        json.WriteStrings("assumed", origin.Assumed);
        json.WriteEndObject();
    }
}
