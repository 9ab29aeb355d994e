using Dimec.Costs;
using Dimec.Policies.Fitting;

namespace Dimec.Policies.Baselines;

/// <summary>Has nothing to fit.</summary>
internal sealed class SingleTierFitter(SingleTierFactory policy) : PolicyFitter<NoParameters>(policy)
{
    public override string Source => "Baseline: one tier answers everything (method section 8).";

    public override IReadOnlyList<NoParameters> Fit(PolicyFitting fitting) => [NoParameters.Instance];

    public override bool IsLastTier(NoParameters parameters, CostStructure costs) => policy.Tier == costs.Tiers.Count - 1;
}
