using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;
using Dimec.Policies.Codecs;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies.Pools;

/// <summary>Makes <see cref="PoolsPolicy"/>.</summary>
internal sealed class PoolsFactory() : PolicyFactory<PoolsParameters>(PolicyList.Pools, PolicyKind.Contender)
{
    private const string RewardWeightKey = "rewardWeight";

    public override PoolsParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        ParametersJson.Read(parameters, where, json =>
        {
            var thresholds = new PoolThresholds(json.Number("alpha") ?? 0, json.Numbers("betas"));
            if (json.Has("betas") && thresholds.Tiers != costs.Tiers.Count)
            {
                json.Problem(
                    "betas", $"are {thresholds.Betas.Count} for {costs.Tiers.Count} tiers", "give one for each tier but the last two");
            }

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

    public override void Write(PoolsParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        Summarise(parameters, costs, json);
        CentroidsJson.Write(parameters.Centroids, costs, json);
    }

    public override void Summarise(PoolsParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteNumber("alpha", parameters.Thresholds.Alpha);
        json.WriteNumbers("betas", parameters.Thresholds.Betas);
        if (parameters.RewardWeight is { } weight)
            json.WriteNumber(RewardWeightKey, weight);
        else
            json.WriteNull(RewardWeightKey);
        json.WriteString("hard", ChoiceNames.Of(parameters.Options.Hard));
        json.WriteString("embedding", ChoiceNames.Of(parameters.Options.Embedding));
        json.WriteString("embeddingKind", ChoiceNames.Of(parameters.EmbeddingKind));
        json.WriteString("reward", ChoiceNames.Of(parameters.Options.Reward));
        json.WriteString("routing", ChoiceNames.Of(parameters.Options.Routing));
        json.WriteNumber("gridLevels", parameters.Options.GridLevels);
        json.WriteBoolean("fitTemperatures", parameters.Options.FitTemperatures);
        json.WriteStartObject("metrics");
        MetricsOriginJson.Write(parameters.Metrics, json);
        json.WriteEndObject();
        TemperaturesJson.Write(parameters.Temperatures, json);
        CentroidsJson.WriteDropped(parameters.Centroids, costs, json);
    }

    public override IPolicy Create(PoolsParameters parameters, CostStructure costs) =>
        new PoolsPolicy(parameters.CreateRouter(costs), parameters.Needs(costs));

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
