using System.Text.Json;
using Dimec.Json;
using Dimec.Statistics;

namespace Dimec.Evaluation;

/// <summary>The JSON of figures with an interval.</summary>
public static class EstimateJson
{
    /// <summary>A figure, and its interval under the figure's name with "Interval" after it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The figure's name.</param>
    /// <param name="estimate">The figure.</param>
    public static void WriteEstimate(this Utf8JsonWriter json, string name, Estimate estimate)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteNumber(name, estimate.Value);
        json.WriteInterval(name + "Interval", estimate.Interval);
    }

    /// <summary>A figure; 0 where it is missing or wrong (which is then a gathered problem).</summary>
    /// <param name="json">The object.</param>
    /// <param name="key">The figure's name.</param>
    public static Estimate Estimate(this JsonObjectReader json, string key)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new(json.Number(key) ?? 0, json.Interval(key + "Interval"));
    }

    /// <summary>A figure that need not be there; null where neither it nor its interval is.</summary>
    /// <param name="json">The object.</param>
    /// <param name="key">The figure's name.</param>
    public static Estimate? OptionalEstimate(this JsonObjectReader json, string key)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Has(key) | json.Has(key + "Interval") ? json.Estimate(key) : null;
    }
}
