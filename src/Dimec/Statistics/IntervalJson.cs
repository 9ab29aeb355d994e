using System.Text.Json;
using Dimec.Json;

namespace Dimec.Statistics;

/// <summary>The JSON of intervals.</summary>
internal static class IntervalJson
{
    /// <summary>An interval as an array of its ends.</summary>
    public static void WriteInterval(this Utf8JsonWriter json, string name, Interval interval) =>
        json.WriteNumbers(name, [interval.Lower, interval.Upper]);

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

    /// <summary>An interval that need not be there; null where it is not.</summary>
    public static Interval? OptionalInterval(this JsonObjectReader json, string key) => json.Has(key) ? json.Interval(key) : null;
}
