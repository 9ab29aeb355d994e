using Dimec.Costs;

namespace Dimec.Policies.Hybrid;

/// <summary>What <see cref="HybridPolicy"/> is set to.</summary>
/// <param name="Stops">Exit 0, then the stops of layers in their order, at least one.</param>
/// <param name="Price">What a unit of cost is worth in probability; 0 or more.</param>
/// <param name="Map">What e(x) says of a sample's place on the data map; null where it is not looked at.</param>
internal sealed record HybridParameters(IReadOnlyList<HybridStop> Stops, double Price, MapModel? Map) : PolicyParameters
{
    /// <summary>What the policy asks for.</summary>
    public PolicyNeeds Asked => new()
    {
        ExitZero = true,
        Classes = Stops.Select(stop => stop.Stacked.Bias.Count).FirstOrDefault(count => count > 0) is > 0 and var classes ? classes : null,
        Embedding = Map is null ? null : new EmbeddingNeed(Map.Kind, Map.Confidence.Weights.Count),
    };

    public override PolicyNeeds Needs(CostStructure costs) => Asked;

    public override IReadOnlyList<TierWork> Works(CostStructure costs)
    {
        HybridStop[] layers = [.. Stops.Where(stop => stop.Exit > 0)];
        return
        [
            .. layers.Select(stop => TierWork.OfText(stop.Tier, stop.Exit)),
            .. layers.Zip(layers.Skip(1), (before, stop) => HybridPolicy.StepTo(stop)
                .Work(costs, [new Visit(TierWork.OfText(before.Tier, before.Exit), default)])),
        ];
    }
}
