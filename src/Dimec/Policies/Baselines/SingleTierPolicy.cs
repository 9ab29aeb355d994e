using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Fitting;

namespace Dimec.Policies.Baselines;

/// <summary>Every sample on one tier: cost(x) = λ_t · d_t + o_t. The cloud's is what all is measured against; the middle tier's is the one to beat.</summary>
/// <param name="tier">The tier's place among the tiers, from 0.</param>
internal sealed class SingleTierPolicy(int tier) : IPolicy
{
    public PolicyStep Next(in PolicyState state) => state.Visits.IsEmpty ? PolicyStep.RunOn(tier) : PolicyStep.Answer;
}

/// <summary>The family of <see cref="SingleTierPolicy"/>, one for each tier and named like it; it has nothing to fit.</summary>
internal sealed class SingleTierFamily(int tier, string name) : IPolicyFamily
{
    public string Name => name;

    public string Source => "Baseline: one tier answers everything (method section 8).";

    public PolicyKind Kind => PolicyKind.SingleTier;

    public IReadOnlyList<JsonElement> Fit(PolicyFitting fitting) => [PolicyParameters.None];

    public bool IsLastTier(JsonElement parameters, CostStructure costs) => tier == costs.Tiers.Count - 1;

    public IPolicy Create(JsonElement parameters, CostStructure costs, string where)
    {
        PolicyParameters.RequireNone(parameters, where);
        return new SingleTierPolicy(tier);
    }
}
