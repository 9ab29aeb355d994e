using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.Bandits;

/// <summary>The names of SplitEE's parameters.</summary>
internal sealed class SplitBanditFactory()
    : BanditFactory<SplitBanditParameters>(
        "splitee", "learns from all samples as they come, and stops at layers whose exits no tier's model gives")
{
    public override SplitBanditParameters Read(JsonElement parameters, CostStructure costs, string where) => ParametersJson.Read(
        parameters, where,
        json => new SplitBanditParameters(json.Number("threshold") ?? 1, json.Number("rewardWeight") ?? 0, json.Integer("seed") ?? 0));

    public override void Write(SplitBanditParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteNumber("threshold", parameters.Threshold);
        json.WriteNumber("rewardWeight", parameters.RewardWeight);
        json.WriteNumber("seed", parameters.Seed);
    }
}
