using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.Dimee;

/// <summary>Makes <see cref="DimeePolicy"/>.</summary>
internal sealed class DimeeFactory() : PolicyFactory<DimeeParameters>("dimee", PolicyKind.Contender)
{
    public override string NotServed => "asks a tier for the pooled state at its exit, which no tier's model gives";

    public override DimeeParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        ParametersJson.Read(parameters, where, json =>
        {
            var alpha = json.Number("alpha") ?? 0;
            var temperatures = TemperaturesJson.Read(json);
            var layer = costs.Tiers[0].Depth;
            if (json.Has("temperatures") && temperatures.GetValueOrDefault(layer) <= 0)
            {
                json.Problem(
                    "temperatures", $"have none above 0 for exit {layer}", "give each tier's exit one, 1 for confidences as they are");
            }

            return new DimeeParameters(alpha, temperatures, CentroidsJson.Read(json, costs));
        });

    public override void Write(DimeeParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        Summarise(parameters, costs, json);
        CentroidsJson.Write(parameters.Centroids, costs, json);
    }

    public override void Summarise(DimeeParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteNumber("alpha", parameters.Alpha);
        TemperaturesJson.Write(parameters.Temperatures, json);
        CentroidsJson.WriteDropped(parameters.Centroids, costs, json);
    }

    public override IPolicy Create(DimeeParameters parameters, CostStructure costs) => new DimeePolicy(parameters, costs);
}
