using System.Text.Json;
using Dimec.Evaluation;
using Dimec.Json;

namespace Dimec.Studies.Ablations;

/// <summary>The JSON of <see cref="TrainingComparison"/>.</summary>
internal static class TrainingComparisonJson
{
    public static TrainingComparison Read(Stream stream, string where)
    {
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, where, "", errors);
        json.Format(TrainingComparison.Format);
        var comparison = new TrainingComparison(
            json.String("part"), json.Integer("n") ?? 0, json.Integer("seeds") ?? 0, [.. json.Objects("exits").Select(ReadExit)]);
        json.NoOtherKeys();
        errors.ThrowIfAny();
        return comparison;
    }

    public static void Write(TrainingComparison comparison, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", TrainingComparison.Format);
        json.WriteString("part", comparison.Part);
        json.WriteNumber("n", comparison.N);
        json.WriteNumber("seeds", comparison.Seeds);
        json.WriteStartArray("exits");
        foreach (var exit in comparison.Exits)
        {
            json.WriteStartObject();
            json.WriteNumber("exit", exit.Exit);
            json.WriteNumber("base", exit.Base);
            json.WriteNumber("other", exit.Other);
            json.WriteEstimate("change", exit.Change);
            if (exit.Gap is { } gap)
                json.WriteEstimate("gap", gap);
            if (exit.Closed is { } closed)
                json.WriteEstimate("closed", closed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static ExitChange ReadExit(JsonObjectReader json)
    {
        var exit = new ExitChange(
            json.Integer("exit") ?? 0,
            json.Number("base") ?? 0,
            json.Number("other") ?? 0,
            json.Estimate("change"),
            json.OptionalEstimate("gap"),
            json.OptionalEstimate("closed"));
        json.NoOtherKeys();
        return exit;
    }
}
