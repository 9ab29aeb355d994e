using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.Baselines;

/// <summary>Makes <see cref="RandomPolicy"/>.</summary>
internal sealed class RandomFactory() : PolicyFactory<RandomParameters>("random", PolicyKind.Control)
{
    public override RandomParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        ParametersJson.Read(parameters, where, json =>
        {
            var random = new RandomParameters(json.Integer("seed") ?? 0, SharesJson.Read(json, costs));
            if (json.Has("shares") && random.Shares.Count == 0)
                json.Problem("shares", "are none", "give each tier its share of 1");
            return random;
        });

    public override void Write(RandomParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteNumber("seed", parameters.Seed);
        json.WriteNumbers("shares", parameters.Shares);
    }

    public override IPolicy Create(RandomParameters parameters, CostStructure costs) =>
        new RandomPolicy(parameters.Seed, parameters.InOrder(costs));
}
