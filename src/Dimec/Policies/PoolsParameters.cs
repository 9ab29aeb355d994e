using System.Globalization;
using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>What a pools plan holds: the centroids that route, and for the record how they came to be.</summary>
public sealed record PoolsParameters
{
    /// <summary>α and the βs that cut the training samples into pools.</summary>
    public required PoolThresholds Thresholds { get; init; }

    /// <summary>μ_c of the reward that chose the thresholds.</summary>
    public required double RewardWeight { get; init; }

    /// <summary>The open choices that it was made with: <see cref="FittingOptions.Hard"/>, <see cref="FittingOptions.Embedding"/>, <see cref="FittingOptions.Reward"/> and <see cref="FittingOptions.Routing"/>; a plan does not keep the others.</summary>
    public required FittingOptions Options { get; init; }

    /// <summary>The layer number of the exit whose dynamics gave μ and σ, where known.</summary>
    public int? MetricsExit { get; init; }

    /// <summary>What the embeddings are made of that the centroids are means of, and that those to be routed must be made of.</summary>
    public EmbeddingKind EmbeddingKind { get; init; }

    /// <summary>Each exit's temperature by its layer number.</summary>
    public required IReadOnlyDictionary<int, double> Temperatures { get; init; }

    /// <summary>A tier each; null where the pool is empty.</summary>
    public required IReadOnlyList<float[]?> Centroids { get; init; }

    /// <summary>The router that sends a new sample to a tier.</summary>
    public CentroidRouter CreateRouter() => new(Centroids, Options.Embedding);

    internal JsonElement Write(CostStructure costs) => PolicyParameters.Write(json =>
    {
        json.WriteNumber("alpha", Thresholds.Alpha);
        json.WriteNumbers("betas", Thresholds.Betas);
        json.WriteNumber("rewardWeight", RewardWeight);
        json.WriteString("hard", Options.Hard.ToString());
        json.WriteString("embedding", Options.Embedding.ToString());
        json.WriteString("embeddingKind", ChoiceNames.Of(EmbeddingKind));
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

    internal static PoolsParameters Read(JsonElement parameters, CostStructure costs, string where) => PolicyParameters.Read(parameters, where, json =>
    {
        var thresholds = new PoolThresholds(json.Number("alpha") ?? 0, json.Numbers("betas"));
        if (json.Has("betas") && thresholds.Tiers != costs.Tiers.Count)
            json.Problem("betas", $"are {thresholds.Betas.Count} for {costs.Tiers.Count} tiers", "give one for each tier but the last two");
        var weight = json.Number("rewardWeight") ?? 0;
        var options = new FittingOptions
        {
            Hard = ReadName<HardRule>(json, "hard"),
            Embedding = ReadName<EmbeddingNormalization>(json, "embedding"),
            Reward = ReadName<RewardKind>(json, "reward"),
            Routing = ReadName<SelectionRouting>(json, "routing"),
        };
        var exit = json.Has("metricsExit") ? json.Integer("metricsExit") : null;
        // A plan that names no kind was made before there was a choice.
        var kind = json.Has("embeddingKind") ? ReadKind(json) : EmbeddingKind.LayerNorm;
        var temperatures = ReadTemperatures(json);
        // The tiers without a centroid, written out for the reader of the file.
        json.Strings("droppedTiers");
        return new PoolsParameters
        {
            Thresholds = thresholds,
            RewardWeight = weight,
            Options = options,
            MetricsExit = exit,
            EmbeddingKind = kind,
            Temperatures = temperatures,
            Centroids = ReadCentroids(json, costs),
        };
    });

    private static T ReadName<T>(JsonObjectReader json, string key)
        where T : struct, Enum
    {
        var name = json.String(key);
        if (name.Length == 0)
            return default;
        if (Enum.TryParse<T>(name, out var value) && Enum.IsDefined(value))
            return value;
        json.Problem(key, $"is '{name}'", $"use one of {string.Join(", ", Enum.GetNames<T>())}");
        return default;
    }

    private static EmbeddingKind ReadKind(JsonObjectReader json)
    {
        var name = json.String("embeddingKind");
        if (ChoiceNames.Find<EmbeddingKind>(name) is { } kind)
            return kind;
        json.Problem("embeddingKind", $"is '{name}', which is not known here", $"use one of {string.Join(", ", ChoiceNames.All<EmbeddingKind>())}");
        return default;
    }

    private static Dictionary<int, double> ReadTemperatures(JsonObjectReader json)
    {
        var temperatures = new Dictionary<int, double>();
        foreach (var (name, temperature) in json.NumbersByName("temperatures"))
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var exit))
                temperatures[exit] = temperature;
            else
                json.Problem($"temperatures.{name}", "is no layer number", "name each exit by its layer");
        }

        return temperatures;
    }

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
