using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies.Pools;

/// <summary>What a pools plan holds: the centroids that route, and for the record how they came to be.</summary>
public sealed record PoolsParameters
{
    internal const string RewardWeightKey = "rewardWeight";

    /// <summary>α and the βs that cut the training samples into pools.</summary>
    public required PoolThresholds Thresholds { get; init; }

    /// <summary>μ_c of the reward that chose the thresholds; null for the end of the grid at which the last tier gets everything, which no reward chose.</summary>
    public required double? RewardWeight { get; init; }

    /// <summary>The open choices and the grid that it was made with; a plan does not keep the weights of the reward and the seed.</summary>
    public required FittingOptions Options { get; init; }

    /// <summary>What μ and σ came from.</summary>
    public required MetricsOrigin Metrics { get; init; }

    /// <summary>What the embeddings are made of that the centroids are means of, and that those to be routed must be made of.</summary>
    public EmbeddingKind EmbeddingKind { get; init; }

    /// <summary>Each exit's temperature by its layer number.</summary>
    public required IReadOnlyDictionary<int, double> Temperatures { get; init; }

    /// <summary>A tier each; null where the pool is empty.</summary>
    public required IReadOnlyList<float[]?> Centroids { get; init; }

    /// <summary>The router that sends a new sample to a tier.</summary>
    /// <param name="costs">The costs that the plan was made for.</param>
    public CentroidRouter CreateRouter(CostStructure costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        return new CentroidRouter(Centroids, Options.Embedding, [.. Enumerable.Range(0, costs.Tiers.Count).Select(costs.Of)]);
    }

    internal JsonElement Write(CostStructure costs) => PolicyParameters.Write(json =>
    {
        json.WriteNumber("alpha", Thresholds.Alpha);
        json.WriteNumbers("betas", Thresholds.Betas);
        if (RewardWeight is { } weight)
            json.WriteNumber(RewardWeightKey, weight);
        else
            json.WriteNull(RewardWeightKey);
        json.WriteString("hard", ChoiceNames.Of(Options.Hard));
        json.WriteString("embedding", ChoiceNames.Of(Options.Embedding));
        json.WriteString("embeddingKind", ChoiceNames.Of(EmbeddingKind));
        json.WriteString("reward", ChoiceNames.Of(Options.Reward));
        json.WriteString("routing", ChoiceNames.Of(Options.Routing));
        json.WriteNumber("gridLevels", Options.GridLevels);
        json.WriteBoolean("fitTemperatures", Options.FitTemperatures);
        json.WriteStartObject("metrics");
        MetricsOriginJson.Write(Metrics, json);
        json.WriteEndObject();
        TemperaturesJson.Write(Temperatures, json);
        CentroidsJson.Write(Centroids, costs, json);
    });

    internal static PoolsParameters Read(JsonElement parameters, CostStructure costs, string where) => PolicyParameters.Read(parameters, where, json =>
    {
        var thresholds = new PoolThresholds(json.Number("alpha") ?? 0, json.Numbers("betas"));
        if (json.Has("betas") && thresholds.Tiers != costs.Tiers.Count)
            json.Problem("betas", $"are {thresholds.Betas.Count} for {costs.Tiers.Count} tiers", "give one for each tier but the last two");
        var weight = json.OptionalNumber(RewardWeightKey);
        var options = new FittingOptions
        {
            Hard = ReadName<HardRule>(json, "hard"),
            Embedding = ReadName<EmbeddingNormalization>(json, "embedding"),
            Reward = ReadName<RewardKind>(json, "reward"),
            Routing = ReadName<SelectionRouting>(json, "routing"),
            GridLevels = json.Integer("gridLevels") ?? 0,
            FitTemperatures = json.Boolean("fitTemperatures"),
        };
        var metrics = json.Object("metrics") is { IsObject: true } origin ? MetricsOriginJson.Read(origin) : new MetricsOrigin();
        // A plan that names no kind was made before there was a choice.
        var kind = json.Has("embeddingKind") ? ReadName<EmbeddingKind>(json, "embeddingKind") : EmbeddingKind.LayerNorm;
        return new PoolsParameters
        {
            Thresholds = thresholds,
            RewardWeight = weight,
            Options = options,
            Metrics = metrics,
            EmbeddingKind = kind,
            Temperatures = TemperaturesJson.Read(json),
            Centroids = CentroidsJson.Read(json, costs),
        };
    });

    private static T ReadName<T>(JsonObjectReader json, string key)
        where T : struct, Enum
    {
        var name = json.String(key);
        if (ChoiceNames.Find<T>(name) is { } value)
            return value;
        if (name.Length > 0)
            json.Problem(key, $"is '{name}', which is not known here", $"use one of {string.Join(", ", ChoiceNames.All<T>())}");
        return default;
    }
}
