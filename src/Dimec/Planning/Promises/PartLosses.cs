namespace Dimec.Planning.Promises;

/// <summary>From what plans do on a part to their losses by each claim.</summary>
/// <param name="gold">By sample, the true class from 0; below 0 where it is unknown.</param>
/// <param name="reference">By sample, what the reference answers.</param>
/// <param name="claims">The claims.</param>
/// <param name="maxCost">The budget, where a claim is of that.</param>
/// <param name="last">The exit that is no early one.</param>
internal sealed class PartLosses(
    IReadOnlyList<int> gold, IReadOnlyList<int> reference, IReadOnlyList<PromiseClaim> claims, double? maxCost, int last)
{
    /// <summary>The losses of a plan, one a claim.</summary>
    /// <param name="answers">By sample, what it answers.</param>
    /// <param name="costs">By sample, what that cost.</param>
    /// <param name="exits">By sample, the exit that answered.</param>
    public ClaimLosses[] Of(IReadOnlyList<int> answers, IReadOnlyList<double> costs, IReadOnlyList<int> exits) =>
        [.. claims.Select(claim => new ClaimLosses(claim, Losses(claim, answers, costs), Groups(claim, exits)))];

    private sbyte[] Losses(PromiseClaim claim, IReadOnlyList<int> answers, IReadOnlyList<double> costs)
    {
        var losses = new sbyte[gold.Count];
        for (var i = 0; i < losses.Length; i++)
        {
            var (answer, label) = (answers[i], gold[i]);
            losses[i] = claim.Loss switch
            {
                PromiseLoss.Differs => (sbyte)(answer != reference[i] ? 1 : 0),
                PromiseLoss.Lost => (sbyte)(reference[i] == label && answer != label ? 1 : 0),
                PromiseLoss.Paired => (sbyte)((reference[i] == label ? 1 : 0) - (answer == label ? 1 : 0)),
                PromiseLoss.Wrong => (sbyte)(answer != label ? 1 : 0),
                // Costs that are the same come out of sums in another order.
                _ => (sbyte)(costs[i] > maxCost * (1 + 1e-9) ? 1 : 0),
            };
        }

        return losses;
    }

    private int[]? Groups(PromiseClaim claim, IReadOnlyList<int> exits) => claim.Scope switch
    {
        PromiseScope.Class => [.. Enumerable.Range(0, gold.Count).Select(i => gold[i] >= 0 ? gold[i] : reference[i])],
        PromiseScope.Exit => [.. exits.Select(exit => exit == last ? ClaimLosses.NoGroup : exit)],
        _ => null,
    };
}
