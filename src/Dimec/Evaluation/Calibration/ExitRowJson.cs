using System.Text.Json;
using Dimec.Json;

namespace Dimec.Evaluation.Calibration;

/// <summary>The JSON of <see cref="ExitRow"/>.</summary>
internal static class ExitRowJson
{
    private const string Key = "exits";

    public static ExitRow[] Read(JsonObjectReader json) => [.. json.Objects(Key, required: false).Select(ReadRow)];

    public static void Write(Utf8JsonWriter json, IReadOnlyList<ExitRow> rows)
    {
        if (rows.Count == 0)
            return;
        json.WriteStartArray(Key);
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteNumber("exit", row.Exit);
            json.WriteNumber("accuracy", row.Accuracy);
            json.WriteNumber("calibrationError", row.CalibrationError);
            if (row is { StackedAccuracy: { } accuracy, StackedCalibrationError: { } error })
            {
                json.WriteNumber("stackedAccuracy", accuracy);
                json.WriteNumber("stackedCalibrationError", error);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ExitRow ReadRow(JsonObjectReader json)
    {
        var row = new ExitRow(
            json.Integer("exit") ?? 0, json.Number("accuracy") ?? 0, json.Number("calibrationError") ?? 0,
            json.Has("stackedAccuracy") ? json.Number("stackedAccuracy") : null,
            json.Has("stackedCalibrationError") ? json.Number("stackedCalibrationError") : null);
        json.NoOtherKeys();
        return row;
    }
}
