using System.Text.Json;
using Dimec.Costs;

namespace Dimec.Policies.Dimee;

/// <summary>What a plan of <see cref="DimeePolicy"/> holds.</summary>
/// <param name="Alpha">α, the confidence from which on tier 0 answers, and an exit takes a training sample into its tier's pool.</param>
/// <param name="Temperatures">By exit, the temperature at which confidences are compared.</param>
/// <param name="Centroids">A tier each, the mean pooled state at tier 0's exit; null where the pool is empty.</param>
internal sealed record DimeeParameters(double Alpha, IReadOnlyDictionary<int, double> Temperatures, IReadOnlyList<float[]?> Centroids)
{
    public JsonElement Write(CostStructure costs) => PolicyParameters.Write(json =>
    {
        json.WriteNumber("alpha", Alpha);
        TemperaturesJson.Write(Temperatures, json);
        CentroidsJson.Write(Centroids, costs, json);
    });

    public static DimeeParameters Read(JsonElement parameters, CostStructure costs, string where) => PolicyParameters.Read(parameters, where, json =>
    {
        var alpha = json.Number("alpha") ?? 0;
        var temperatures = TemperaturesJson.Read(json);
        var layer = costs.Tiers[0].Depth;
        if (json.Has("temperatures") && temperatures.GetValueOrDefault(layer) <= 0)
            json.Problem("temperatures", $"have none above 0 for exit {layer}", "give each tier's exit one, 1 for confidences as they are");
        return new DimeeParameters(alpha, temperatures, CentroidsJson.Read(json, costs));
    });
}
