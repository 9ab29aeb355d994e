using System.Text.Json;
using Dimec;
using Dimec.Costs;
using Dimec.Policies;

namespace OwnPolicy;

/// <summary>What a phone needs of the policy: its name, how a plan's file writes its parameters, and the policy made from them.</summary>
public sealed class MarginFactory() : PolicyFactory<MarginParameters>("margin", PolicyKind.Contender)
{
    public override MarginParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        parameters.TryGetProperty("margin", out var margin) && margin.TryGetDouble(out var threshold) && threshold is >= 0 and <= 1
            ? new MarginParameters(threshold)
            : throw new InputException($"{where} parameters.margin", "is no number of 0 … 1", "plan again");

    public override void Write(MarginParameters parameters, CostStructure costs, Utf8JsonWriter json) =>
        json.WriteNumber("margin", parameters.Threshold);

    public override IPolicy Create(MarginParameters parameters, CostStructure costs) =>
        new MarginPolicy(parameters.Threshold, costs.Tiers.Count - 1);
}
