using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;

namespace Dimec.Policies.Codecs;

/// <summary>The centroids by tier that a plan's parameters hold.</summary>
internal static class CentroidsJson
{
    private const string Key = "centroids";
    private const string Dropped = "droppedTiers";

    /// <summary>The names of the tiers without a centroid, for the reader of the file or of a table.</summary>
    public static void WriteDropped(IReadOnlyList<float[]?> centroids, CostStructure costs, Utf8JsonWriter json) =>
        json.WriteStrings(Dropped, DroppedTiers.Of(centroids, costs));

    public static void Write(IReadOnlyList<float[]?> centroids, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteStartObject(Key);
        for (var tier = 0; tier < centroids.Count; tier++)
        {
            if (centroids[tier] is { } centroid)
                json.WriteNumbers(costs.Tiers[tier].Name, centroid);
        }

        json.WriteEndObject();
    }

    public static float[]?[] Read(JsonObjectReader json, CostStructure costs)
    {
        // The tiers without a centroid, written out for the reader of the file.
        json.Strings(Dropped);
        var centroids = new float[]?[costs.Tiers.Count];
        if (json.Object(Key) is not { IsObject: true } byName)
            return centroids;
        foreach (var name in byName.Keys)
        {
            float[] centroid = [.. byName.Numbers(name).Select(number => (float)number)];
            if (centroid.Any(number => !float.IsFinite(number)))
                byName.Problem(name, "holds a number beyond the range of fp32", "make the plan again");
            if (costs.IndexOf(name) is var tier and >= 0)
                centroids[tier] = centroid;
            else
                byName.Problem(name, "is no tier", $"use the names {string.Join(", ", costs.Tiers.Select(t => t.Name))}");
        }

        if (centroids.OfType<float[]>().Select(centroid => centroid.Length).Distinct().ToArray() is not [> 0])
            json.Problem(Key, "are none, empty or of different lengths", "make the plan again");
        return centroids;
    }
}
