using Dimec.Predictions;

namespace Dimec.Planning.Promises;

/// <summary>A plan with what the selection part says of it.</summary>
/// <param name="Candidate">The plan.</param>
/// <param name="Cost">The mean cost of a sample.</param>
/// <param name="Accuracy">The share of right answers.</param>
/// <param name="Risk">
/// How near the claims are to being broken: the largest quotient of a mean loss and its limit. Not a p-value, which of thousands of samples
/// is 0 for many.
/// </param>
/// <param name="Losses">Its losses, one a claim.</param>
internal sealed record ChainLink(PromiseCandidate Candidate, double Cost, double Accuracy, double Risk, IReadOnlyList<ClaimLosses> Losses)
{
    public static ChainLink Of(PromiseCandidate candidate, RecordedExits selection, PartLosses losses)
    {
        var run = candidate.Run(selection);
        var byClaim = losses.Of(run.Labels, run.Costs, run.Exits);
        return new ChainLink(
            candidate, run.MeanCost, run.Right(selection).Count(right => right) / (double)selection.Count,
            byClaim.Max(claim => claim.Risk), byClaim);
    }
}
