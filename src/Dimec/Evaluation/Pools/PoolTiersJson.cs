using System.Text.Json;
using Dimec.Json;

namespace Dimec.Evaluation.Pools;

/// <summary>The JSON of <see cref="PoolTiers"/>.</summary>
internal static class PoolTiersJson
{
    public static PoolTiers Read(Stream stream, string where)
    {
        using var document = JsonObjectReader.Parse(stream, where);
        var errors = new InputErrors();
        var json = new JsonObjectReader(document.RootElement, where, "", errors);
        json.Format(PoolTiers.Format);
        var tiers = new PoolTiers(
            json.String("part"), json.Integer("n") ?? 0, [.. json.Objects("pools").Select(ReadPool)],
            [.. json.Objects("trends").Select(ReadTrend)]);
        json.NoOtherKeys();
        errors.ThrowIfAny();
        return tiers;
    }

    public static void Write(PoolTiers tiers, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", PoolTiers.Format);
        json.WriteString("part", tiers.Part);
        json.WriteNumber("n", tiers.N);
        json.WriteStartArray("pools");
        foreach (var pool in tiers.Pools)
            WritePool(json, pool);
        json.WriteEndArray();
        json.WriteStartArray("trends");
        foreach (var trend in tiers.Trends)
        {
            json.WriteStartObject();
            json.WriteString("tier", trend.Tier);
            WriteOptional(json, "slope", trend.Slope);
            WriteOptional(json, "pValue", trend.PValue);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static PoolRow ReadPool(JsonObjectReader json)
    {
        var pool = new PoolRow(
            json.String("tier"),
            json.Integer("training") ?? 0,
            json.OptionalNumber("confidence"),
            json.OptionalNumber("variability"),
            json.Integer("routed") ?? 0,
            [.. json.Objects("accuracies").Select(ReadAccuracy)]);
        json.NoOtherKeys();
        return pool;
    }

    private static PoolAccuracy ReadAccuracy(JsonObjectReader json)
    {
        var accuracy = new PoolAccuracy(json.String("tier"), json.Integer("right") ?? 0, json.OptionalEstimate("accuracy"));
        json.NoOtherKeys();
        return accuracy;
    }

    private static PoolTrend ReadTrend(JsonObjectReader json)
    {
        var trend = new PoolTrend(json.String("tier"), json.OptionalNumber("slope"), json.OptionalNumber("pValue"));
        json.NoOtherKeys();
        return trend;
    }

    private static void WritePool(Utf8JsonWriter json, PoolRow pool)
    {
        json.WriteStartObject();
        json.WriteString("tier", pool.Tier);
        json.WriteNumber("training", pool.Training);
        WriteOptional(json, "confidence", pool.Confidence);
        WriteOptional(json, "variability", pool.Variability);
        json.WriteNumber("routed", pool.Routed);
        json.WriteStartArray("accuracies");
        foreach (var accuracy in pool.Accuracies)
        {
            json.WriteStartObject();
            json.WriteString("tier", accuracy.Tier);
            json.WriteNumber("right", accuracy.Right);
            if (accuracy.Accuracy is { } share)
                json.WriteEstimate("accuracy", share);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }
}
