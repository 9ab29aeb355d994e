using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.Hybrid;

/// <summary>Makes <see cref="HybridPolicy"/>.</summary>
internal sealed class HybridFactory() : PolicyFactory<HybridParameters>(Hybrid, PolicyKind.Contender)
{
    /// <summary>The policy's name.</summary>
    public const string Hybrid = "hybrid";

    public override bool Resumes => true;

    public override HybridParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        ParametersJson.Read(parameters, where, json =>
        {
            var price = json.Number("price") ?? 0;
            if (price < 0)
                json.Problem("price", FormattableString.Invariant($"is {price}"), "give 0 or more");
            var map = json.Has("map") && json.Object("map") is { IsObject: true } inner ? MapModelJson.Read(inner) : null;
            var stops = new List<HybridStop>();
            foreach (var stop in json.Objects("stops"))
                stops.Add(HybridStopJson.Read(stop, stops, map is not null, costs));
            if (json.Has("stops") && stops.Count < 2)
                json.Problem("stops", $"are {stops.Count}", "give exit 0 and at least one of a layer");
            if (stops.Select(stop => stop.Stacked.Bias.Count).Where(count => count > 0).Distinct().Count() > 1)
                json.Problem("stops", "have biases of different lengths", "give every stop one bias a class, or none");
            return new HybridParameters(stops, price, map);
        });

    public override void Write(HybridParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        Summarise(parameters, costs, json);
        if (parameters.Map is { } map)
            MapModelJson.Write(map, json);
    }

    public override void Summarise(HybridParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteNumber("price", parameters.Price);
        json.WriteStartArray("stops");
        foreach (var stop in parameters.Stops)
            HybridStopJson.Write(stop, parameters.Map is not null, costs, json);
        json.WriteEndArray();
    }

    public override IPolicy Create(HybridParameters parameters, CostStructure costs) => new HybridPolicy(parameters, costs);
}
