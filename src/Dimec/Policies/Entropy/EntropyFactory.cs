using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.Entropy;

/// <summary>Makes <see cref="EntropyPolicy"/>.</summary>
internal sealed class EntropyFactory() : PolicyFactory<EntropyParameters>("entropy", PolicyKind.Contender)
{
    public override EntropyParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        ParametersJson.Read(parameters, where, json =>
        {
            var threshold = json.Number("entropy");
            if (threshold < 0)
                json.Problem("entropy", "is negative", "give a threshold in nats, 0 or more");
            return new EntropyParameters(threshold ?? 0);
        });

    public override void Write(EntropyParameters parameters, CostStructure costs, Utf8JsonWriter json) =>
        json.WriteNumber("entropy", parameters.Threshold);

    public override IPolicy Create(EntropyParameters parameters, CostStructure costs) =>
        new EntropyPolicy(parameters.Threshold, costs.Tiers.Count - 1);
}
