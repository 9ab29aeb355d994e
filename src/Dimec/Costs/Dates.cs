using System.Globalization;
using System.Text.Json;
using Dimec.Json;

namespace Dimec.Costs;

/// <summary>The moments in files of costs: ISO 8601, in UTC, whole seconds.</summary>
internal static class Dates
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static DateTimeOffset Read(JsonObjectReader json, string key)
    {
        var before = json.Errors.Count;
        var text = json.String(key);
        if (DateTimeOffset.TryParseExact(
            text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date))
        {
            return date;
        }

        if (json.Errors.Count == before)
            json.Problem(key, $"'{text}' is no moment", "write it as 2026-11-30T12:00:00Z");
        return default;
    }

    public static void Write(Utf8JsonWriter json, string key, DateTimeOffset date) =>
        json.WriteString(key, date.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
