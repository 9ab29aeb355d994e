using System.Globalization;
using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;
using Dimec.Pools;

namespace Dimec.Policies;

/// <summary>What a pools plan holds: the centroids that route, and for the record how they came to be.</summary>
internal sealed record PoolsParameters
{
    public required PoolThresholds Thresholds { get; init; }

    /// <summary>μ_c of the reward that chose the thresholds.</summary>
    public required double RewardWeight { get; init; }

    public required FittingOptions Options { get; init; }

    /// <summary>The layer number of the exit whose dynamics gave μ and σ, where known.</summary>
    public int? MetricsExit { get; init; }

    /// <summary>Each exit's temperature by its layer number.</summary>
    public required IReadOnlyDictionary<int, double> Temperatures { get; init; }

    /// <summary>A tier each; null where the pool is empty.</summary>
    public required IReadOnlyList<float[]?> Centroids { get; init; }

    public JsonElement Write(CostStructure costs) => PolicyParameters.Write(json =>
    {
        json.WriteNumber("alpha", Thresholds.Alpha);
        json.WriteNumbers("betas", Thresholds.Betas);
        json.WriteNumber("rewardWeight", RewardWeight);
        json.WriteString("hard", Options.Hard.ToString());
        json.WriteString("embedding", Options.Embedding.ToString());
        json.WriteString("reward", Options.Reward.ToString());
        json.WriteString("routing", Options.Routing.ToString());
        if (MetricsExit is { } exit)
            json.WriteNumber("metricsExit", exit);
        json.WriteNumbers("temperatures", Temperatures.ToDictionary(t => t.Key.ToString(CultureInfo.InvariantCulture), t => t.Value));
        json.WriteStrings("droppedTiers", costs.Tiers.Where((_, tier) => Centroids[tier] is null).Select(tier => tier.Name));
        json.WriteStartObject("centroids");
        for (var tier = 0; tier < Centroids.Count; tier++)
        {
            if (Centroids[tier] is { } centroid)
                json.WriteNumbers(costs.Tiers[tier].Name, centroid);
        }

        json.WriteEndObject();
    });

    /// <summary>The router that parameters describe; the rest of them is a record and only checked for its shape.</summary>
    public static CentroidRouter ReadRouter(JsonElement parameters, CostStructure costs, string where) => PolicyParameters.Read(parameters, where, json =>
    {
        json.Number("alpha");
        json.Numbers("betas");
        json.Number("rewardWeight");
        json.String("hard");
        json.String("reward");
        json.String("routing");
        if (json.Has("metricsExit"))
            json.Integer("metricsExit");
        json.NumbersByName("temperatures");
        json.Strings("droppedTiers");
        if (!Enum.TryParse<EmbeddingNormalization>(json.String("embedding"), out var normalization))
            json.Problem("embedding", "is not known", $"use one of {string.Join(", ", Enum.GetNames<EmbeddingNormalization>())}");
        var centroids = ReadCentroids(json, costs);
        // With a problem gathered the reader throws, and the router is never used.
        return json.Errors.Count > 0 ? null! : new CentroidRouter(centroids, normalization);
    });

    private static float[]?[] ReadCentroids(JsonObjectReader json, CostStructure costs)
    {
        var centroids = new float[]?[costs.Tiers.Count];
        if (json.Object("centroids") is not { IsObject: true } byName)
            return centroids;
        foreach (var name in byName.Keys)
        {
            float[] centroid = [.. byName.Numbers(name).Select(number => (float)number)];
            if (costs.IndexOf(name) is var tier and >= 0)
                centroids[tier] = centroid;
            else
                byName.Problem(name, "is no tier", $"use the names {string.Join(", ", costs.Tiers.Select(t => t.Name))}");
        }

        if (centroids.OfType<float[]>().Select(centroid => centroid.Length).Distinct().ToArray() is not [> 0])
            json.Problem("centroids", "are none, empty or of different lengths", "make the plan again");
        return centroids;
    }
}
