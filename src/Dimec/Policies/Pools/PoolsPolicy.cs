using Dimec.Pools;

namespace Dimec.Policies.Pools;

/// <summary>
/// The paper's method: training samples fall into pools by confidence μ and variability σ, one pool a tier; a new sample goes to the
/// tier whose pool's centroid is nearest to its embedding e(x), and is wholly processed there: cost(x) = λ_t · d_t + o_t.
/// </summary>
/// <param name="router">The centroids.</param>
/// <param name="needs">The embeddings that they are of.</param>
internal sealed class PoolsPolicy(CentroidRouter router, PolicyNeeds needs) : IPolicy
{
    public PolicyNeeds Needs => needs;

    public PolicyStep Next(in PolicyState state) =>
        state.Visits.IsEmpty ? PolicyStep.RunOn(router.Route(state.Embedding)) : PolicyStep.Answer;

    public double? Trust(int tier, in PolicyState state) => router.Margin(tier, state.Embedding);
}
