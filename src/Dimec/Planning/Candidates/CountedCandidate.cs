using Dimec.Costs;
using Dimec.Policies;
using Dimec.Policies.Fitting;

namespace Dimec.Planning.Candidates;

/// <summary>A candidate with what it does on the selection part, whatever the tiers cost.</summary>
/// <param name="Parameters">What the policy is set to.</param>
/// <param name="Right">How many samples it answers right.</param>
/// <param name="Times">How often each stretch of layers is run.</param>
/// <param name="Answered">By tier, how many samples it answers.</param>
/// <param name="AnsweredAt">By exit (its layer, 0 for exit 0), how many samples it answers.</param>
internal sealed record CountedCandidate(
    PolicyParameters Parameters, int Right, VisitCounts Times, IReadOnlyList<int> Answered, IReadOnlyDictionary<int, int> AnsweredAt)
{
    /// <summary>Counts.</summary>
    /// <param name="parameters">What the policy is set to.</param>
    /// <param name="run">What it did on the selection part.</param>
    /// <param name="fitting">The selection part, and the tiers.</param>
    public static CountedCandidate Of(PolicyParameters parameters, PolicyRun run, PolicyFitting fitting)
    {
        var answered = new int[fitting.Costs.Tiers.Count];
        foreach (var tier in run.Tiers)
            answered[tier]++;
        return new CountedCandidate(
            parameters, run.Right(fitting.Selection).Count(isRight => isRight), run.Times, answered,
            run.Exits.CountBy(exit => exit).ToDictionary());
    }

    /// <summary>The same at what the tiers cost.</summary>
    /// <param name="costs">The costs, of the same tiers.</param>
    /// <param name="samples">The number of samples.</param>
    public FittedCandidate At(CostStructure costs, int samples) =>
        new(Parameters, new FittedOutcome(Right, Times.MeanCost(samples, costs), Answered, AnsweredAt));
}
