using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Planning.Promises;

/// <summary>From what plans do on a part to their losses by each claim.</summary>
/// <param name="part">The part.</param>
/// <param name="reference">By sample, what the reference answers.</param>
/// <param name="claims">The claims.</param>
/// <param name="maxCost">The budget, where a claim is of that.</param>
internal sealed class PartLosses(
    RecordedExits part, IReadOnlyList<int> reference, IReadOnlyList<PromiseClaim> claims, double? maxCost)
{
    /// <summary>The losses of a plan, one a claim.</summary>
    /// <param name="run">What it did on the part.</param>
    public ClaimLosses[] Of(PolicyRun run) => [.. claims.Select(claim => new ClaimLosses(claim, Losses(claim, run), Groups(claim, run)))];

    private sbyte[] Losses(PromiseClaim claim, PolicyRun run)
    {
        var losses = new sbyte[part.Count];
        for (var i = 0; i < losses.Length; i++)
        {
            var (answer, gold) = (run.Labels[i], part.Gold[i]);
            losses[i] = claim.Loss switch
            {
                PromiseLoss.Differs => (sbyte)(answer != reference[i] ? 1 : 0),
                PromiseLoss.Lost => (sbyte)(reference[i] == gold && answer != gold ? 1 : 0),
                PromiseLoss.Paired => (sbyte)((reference[i] == gold ? 1 : 0) - (answer == gold ? 1 : 0)),
                PromiseLoss.Wrong => (sbyte)(answer != gold ? 1 : 0),
                // Costs that are the same come out of sums in another order.
                _ => (sbyte)(run.Costs[i] > maxCost * (1 + 1e-9) ? 1 : 0),
            };
        }

        return losses;
    }

    private int[]? Groups(PromiseClaim claim, PolicyRun run) => claim.Scope switch
    {
        PromiseScope.Class => [.. Enumerable.Range(0, part.Count).Select(i => part.Gold[i] >= 0 ? part.Gold[i] : reference[i])],
        PromiseScope.Exit => [.. run.Exits.Select(exit => exit == part.Exits[^1] ? ClaimLosses.NoGroup : exit)],
        _ => null,
    };
}
