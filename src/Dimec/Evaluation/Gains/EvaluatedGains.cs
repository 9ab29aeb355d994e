using Dimec.Planning;
using Dimec.Planning.Gains;
using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Evaluation.Gains;

/// <summary>Sets the rows of an evaluation against their rivals, on the evaluated samples.</summary>
internal static class EvaluatedGains
{
    /// <summary>The rows with what they save beyond the best single tier and beyond phone → cloud.</summary>
    /// <param name="document">The evaluation, without.</param>
    /// <param name="outcomes">What planning came to; the frontier of phone → cloud is in it.</param>
    /// <param name="part">The evaluated part.</param>
    /// <param name="options">How policies are measured.</param>
    public static IReadOnlyList<PolicyEvaluation> Of(
        EvaluationDocument document, IReadOnlyList<PlanOutcome> outcomes, RecordedExits part, EvaluationOptions options)
    {
        var planned = outcomes.OfType<PlanOutcome.Planned>().ToDictionary(outcome => outcome.Policy);
        var points = PhoneCloudPoint.Front(outcomes, options.Policies, part, document.Costs);
        return [.. document.Policies.Select(row => With(row, planned[row.Name]))];

        PolicyEvaluation With(PolicyEvaluation row, PlanOutcome.Planned outcome)
        {
            var isStacked = outcome.IsHeldToStackedCloud && row.StackedDrop is not null;
            var (drop, maxDrop) = (row.DropOf(isStacked), outcome.MaxDrop);
            var singles = document.Policies
                .Where(other => document.KindOf(other) == PolicyKind.SingleTier)
                .Select(other => new RivalOutcome(other.Name, other.Cost, other.Reduction, other.DropOf(isStacked)));
            // Drops are quotients of whole numbers, so that equal ones are equal.
            var reference = (int)Math.Round((row.Accuracy + drop) * part.Count);
            var phones = points.Select(point => new RivalOutcome(
                PolicyList.PhoneCloud, point.Run.MeanCost, 1 - (point.Run.MeanCost / document.Costs.Cloud),
                (reference - point.Right) / (double)part.Count));
            return row with
            {
                Reference = isStacked ? PolicyList.StackedCloud : document.Costs.Tiers[^1].Name,
                BeyondSingle = RivalGain.Of(row, CheapestRival.Of(singles, row.Name, drop, maxDrop)),
                BeyondPhoneCloud = RivalGain.Of(row, CheapestRival.Of(phones, row.Name, drop, maxDrop)),
            };
        }
    }
}
