using System.Text.Json;
using Dimec.Json;

namespace Dimec.Evaluation;

/// <summary>The JSON of intervals and of figures with one.</summary>
internal static class IntervalJson
{
    /// <summary>An interval as an array of its ends.</summary>
    public static void WriteInterval(this Utf8JsonWriter json, string name, Interval interval) => json.WriteNumbers(name, [interval.Lower, interval.Upper]);

    /// <summary>A figure, and its interval under the figure's name with "Interval" after it.</summary>
    public static void WriteEstimate(this Utf8JsonWriter json, string name, Estimate estimate)
    {
        json.WriteNumber(name, estimate.Value);
        json.WriteInterval(name + "Interval", estimate.Interval);
    }

    public static Interval Interval(this JsonObjectReader json, string key)
    {
        var before = json.Errors.Count;
        var ends = json.Numbers(key);
        if (ends.Count == 2)
            return new Interval(ends[0], ends[1]);
        if (json.Errors.Count == before)
            json.Problem(key, $"has {ends.Count} numbers", "write the lower and the upper end");
        return default;
    }

    public static Estimate Estimate(this JsonObjectReader json, string key) => new(json.Number(key) ?? 0, json.Interval(key + "Interval"));

    /// <summary>A figure that need not be there; null where neither it nor its interval is.</summary>
    public static Estimate? OptionalEstimate(this JsonObjectReader json, string key) => json.Has(key) | json.Has(key + "Interval") ? json.Estimate(key) : null;
}
