using System.Text.Json;
using Dimec.Json;
using Dimec.Statistics;

namespace Dimec.Evaluation;

/// <summary>The JSON of figures with an interval.</summary>
internal static class EstimateJson
{
    /// <summary>A figure, and its interval under the figure's name with "Interval" after it.</summary>
    public static void WriteEstimate(this Utf8JsonWriter json, string name, Estimate estimate)
    {
        json.WriteNumber(name, estimate.Value);
        json.WriteInterval(name + "Interval", estimate.Interval);
    }

    public static Estimate Estimate(this JsonObjectReader json, string key) => new(json.Number(key) ?? 0, json.Interval(key + "Interval"));

    /// <summary>A figure that need not be there; null where neither it nor its interval is.</summary>
    public static Estimate? OptionalEstimate(this JsonObjectReader json, string key) =>
        json.Has(key) | json.Has(key + "Interval") ? json.Estimate(key) : null;
}
