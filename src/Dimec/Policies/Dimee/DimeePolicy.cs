using Dimec.Costs;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies.Dimee;

/// <summary>
/// DIMEE: tier 0 runs every sample as far as its exit and answers where its confidence C is at least α; else the tier whose pool's
/// centroid is nearest to what that exit's head pooled of the sample starts over, and where that is tier 0 its answer stands. Both
/// tiers are paid: λ_0 · d_0 + o_0, and λ_t · d_t + o_t.
/// </summary>
/// <param name="parameters">α, the temperatures and the centroids.</param>
/// <param name="costs">The costs; of equally near pools the cheaper tier's is taken.</param>
internal sealed class DimeePolicy(DimeeParameters parameters, CostStructure costs) : IPolicy
{
    private readonly CentroidRouter _router = new(
        parameters.Centroids, EmbeddingNormalization.None, [.. Enumerable.Range(0, costs.Tiers.Count).Select(costs.Of)]);

    private readonly float _temperature = (float)parameters.Temperatures[costs.Tiers[0].Depth];

    public PolicyNeeds Needs { get; } = parameters.Needs(costs);

    public PolicyStep Next(in PolicyState state)
    {
        if (state.Visits.IsEmpty)
            return PolicyStep.RunOn(0);
        if (state.Visits.Length > 1 || Confidence(state.Visits[0]) >= parameters.Alpha)
            return PolicyStep.Answer;
        return _router.Route(state.Visits[0].Pooled.Span) is > 0 and var tier ? PolicyStep.RunOn(tier) : PolicyStep.Answer;
    }

    public double? Trust(int tier, in PolicyState state) => tier == 0 ? Confidence(state.Visits[^1]) : null;

    private float Confidence(Visit visit) => Softmax.Confidence(visit.Logits.Span, _temperature);
}
