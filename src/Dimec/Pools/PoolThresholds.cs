namespace Dimec.Pools;

/// <summary>
/// The cuts that make pools, one pool a tier (method section 4). Tiers stand in the order of their depth: the easy pool is the
/// shallowest tier's, whatever it costs (costs are the reward's matter), which is "cheapest first" wherever a deeper tier costs more. With
/// T tiers α cuts μ and β₁ … β_{T−2} cut σ. Where one exit gives μ and σ, β₁ ≤ … ≤ β_{T−2} (two that are equal leave the pool between them
/// empty): μ &lt; α is hard and goes to the last tier; the rest goes to tier t, the first whose σ ≤ β_{t+1}, or to the last but one.
/// For three tiers: easy μ ≥ α and σ ≤ β; hard μ &lt; α; medium the rest.
/// Where each tier's own exit gives them, the βs need no order: a sample goes to tier t, the first with μ_t ≥ α and σ_t ≤ β_{t+1}
/// (the last but one has no β), or to the last. For three tiers: easy μ_m ≥ α and σ_m ≤ β; medium, of the rest, μ_n ≥ α; hard what is left.
/// </summary>
/// <param name="Alpha">α, the cut on confidence μ.</param>
/// <param name="Betas">β₁ … β_{T−2}, the cuts on variability σ; none for two tiers.</param>
public sealed record PoolThresholds(double Alpha, IReadOnlyList<double> Betas)
{
    /// <summary>The number of tiers, T.</summary>
    public int Tiers => Betas.Count + 2;

    /// <summary>The pool, and so the tier, of a sample that one exit judges.</summary>
    /// <param name="confidence">μ.</param>
    /// <param name="variability">σ.</param>
    /// <param name="rule">What makes a sample hard.</param>
    /// <returns>The tier, from 0 for the shallowest.</returns>
    public int TierOf(double confidence, double variability, HardRule rule)
    {
        var slice = 0;
        while (slice < Betas.Count && variability > Betas[slice])
            slice++;
        var hard = confidence < Alpha && (slice == 0 || rule == HardRule.LowConfidence);
        return hard ? Tiers - 1 : slice;
    }

    /// <summary>Whether a tier but the last takes a sample that no shallower tier took, by what its own exit says.</summary>
    internal bool OwnExitTakes(int tier, double confidence, double variability) =>
        confidence >= Alpha && (tier == Betas.Count || variability <= Betas[tier]);
}
