using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.Baselines;

/// <summary>Makes <see cref="SingleTierPolicy"/>: one factory for each tier, named like it.</summary>
/// <param name="tier">The tier's place among the tiers, from 0.</param>
/// <param name="name">The tier's name.</param>
internal sealed class SingleTierFactory(int tier, string name) : PolicyFactory<NoParameters>(name, PolicyKind.SingleTier)
{
    /// <summary>The tier's place among the tiers, from 0.</summary>
    public int Tier => tier;

    public override NoParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        ParametersJson.ReadNone(parameters, where);

    public override void Write(NoParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
    }

    public override IPolicy Create(NoParameters parameters, CostStructure costs) => new SingleTierPolicy(tier);
}
