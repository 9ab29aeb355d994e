using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.Baselines;

/// <summary>Makes <see cref="RandomPolicy"/>.</summary>
internal sealed class RandomFactory() : PolicyFactory<RandomParameters>("random", PolicyKind.Control)
{
    public override RandomParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        ParametersJson.Read(
            parameters, where, json => new RandomParameters(json.Integer("seed") ?? 0, SharesJson.Read(json, costs)));

    public override void Write(RandomParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteNumber("seed", parameters.Seed);
        json.WriteNumbers("shares", parameters.Shares);
    }

    public override IPolicy Create(RandomParameters parameters, CostStructure costs) =>
        new RandomPolicy(parameters.Seed, parameters.InOrder(costs));
}
