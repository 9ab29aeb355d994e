using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Bandits;

/// <summary>A fitter of a policy that learns from the samples as they come, without labels.</summary>
public interface IBanditFitter : IPolicyFitter
{
    /// <summary>The cumulative regret over a part's samples, in units of reward: what the best single arm would have earned more.</summary>
    /// <param name="parameters">Parameters of this kind of policy.</param>
    /// <param name="part">The samples.</param>
    /// <param name="costs">The costs.</param>
    /// <param name="orders">In how many orders the samples come, at least 1; the regret is their mean.</param>
    /// <returns>One value a sample, in the order in which they come.</returns>
    IReadOnlyList<double> Regret(PolicyParameters parameters, RecordedExits part, CostStructure costs, int orders);
}
