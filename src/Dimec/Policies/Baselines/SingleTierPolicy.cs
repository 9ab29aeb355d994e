namespace Dimec.Policies.Baselines;

/// <summary>
/// Every sample on one tier: cost(x) = λ_t · d_t + o_t. The cloud's is what all is measured against; the middle tier's is the one to beat.
/// </summary>
/// <param name="tier">The tier's place among the tiers, from 0.</param>
public sealed class SingleTierPolicy(int tier) : IPolicy
{
    /// <inheritdoc/>
    public PolicyStep Next(in PolicyState state) => state.Visits.IsEmpty ? PolicyStep.RunOn(tier) : PolicyStep.Answer;
}
