using Dimec.Costs;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Planning.Gains;

/// <summary>
/// A setting of phone → cloud on a part: what a user would build today without exits. Policies are set against its whole frontier and not
/// against its planned point, so that it cannot lose by an unlucky threshold.
/// </summary>
/// <param name="Run">What it did with every sample.</param>
/// <param name="Right">How many samples it got right.</param>
public sealed record PhoneCloudPoint(PolicyRun Run, int Right)
{
    /// <summary>The settings that no other beats on the part in both cost and accuracy, cheapest first.</summary>
    /// <param name="outcomes">What planning came to; the settings are the sweep of <see cref="PolicyList.PhoneCloud"/> in it.</param>
    /// <param name="policies">How policies are measured.</param>
    /// <param name="part">The part to measure on, with the true class of every sample known.</param>
    /// <param name="costs">The costs to measure with.</param>
    /// <returns>None where there is no such sweep, or the part has no exit 0.</returns>
    public static IReadOnlyList<PhoneCloudPoint> Front(
        IReadOnlyList<PlanOutcome> outcomes, FitterList policies, RecordedExits part, CostStructure costs)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(costs);
        if (!part.HasExitZero || outcomes.FirstOrDefault(outcome => outcome.Policy == PolicyList.PhoneCloud) is not { } phone)
            return [];
        var fitter = policies.Find(PolicyList.PhoneCloud, costs, "policy");
        return ParetoFront.Of(phone.Frontier
            .Select(point => PolicyRunner.Run(fitter.CreateMeasured(point.Parameters, costs, part, costs), part, costs))
            .Select(run => new PhoneCloudPoint(run, run.Right(part).Count(isRight => isRight)))
            .Select(point => (point, point.Run.MeanCost, point.Right)));
    }
}
