using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.Bandits;

/// <summary>The names of CeeBERT's parameters.</summary>
internal sealed class ThresholdBanditFactory() : BanditFactory<ThresholdBanditParameters>("ceebert", "learns from all samples as they come")
{
    public override ThresholdBanditParameters Read(JsonElement parameters, CostStructure costs, string where) => ParametersJson.Read(
        parameters, where, json => new ThresholdBanditParameters(json.Number("rewardWeight") ?? 0, json.Integer("seed") ?? 0));

    public override void Write(ThresholdBanditParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteNumber("rewardWeight", parameters.RewardWeight);
        json.WriteNumber("seed", parameters.Seed);
    }
}
