using System.Text.Json;
using Dimec.Json;

namespace Dimec.Statistics;

/// <summary>The JSON of intervals.</summary>
public static class IntervalJson
{
    /// <summary>An interval as an array of its ends.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The key.</param>
    /// <param name="interval">The interval.</param>
    public static void WriteInterval(this Utf8JsonWriter json, string name, Interval interval) =>
        json.WriteNumbers(name, [interval.Lower, interval.Upper]);

    /// <summary>An interval; the empty one at 0 where it is missing or wrong (which is then a gathered problem).</summary>
    /// <param name="json">The object.</param>
    /// <param name="key">The key.</param>
    public static Interval Interval(this JsonObjectReader json, string key)
    {
        ArgumentNullException.ThrowIfNull(json);
        var before = json.Errors.Count;
        var ends = json.Numbers(key);
        if (ends.Count == 2)
            return new Interval(ends[0], ends[1]);
        if (json.Errors.Count == before)
            json.Problem(key, $"has {ends.Count} numbers", "write the lower and the upper end");
        return default;
    }

    /// <summary>An interval that need not be there; null where it is not.</summary>
    /// <param name="json">The object.</param>
    /// <param name="key">The key.</param>
    public static Interval? OptionalInterval(this JsonObjectReader json, string key)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Has(key) ? json.Interval(key) : null;
    }
}
