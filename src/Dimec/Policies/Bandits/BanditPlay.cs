using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Bandits;

/// <summary>What a bandit did with a part's samples.</summary>
/// <param name="Outcomes">What became of each sample, in the part's order.</param>
/// <param name="Earned">The sum of all rewards.</param>
internal sealed record BanditPlay(BanditOutcome[] Outcomes, double Earned)
{
    /// <summary>What all samples cost together.</summary>
    public double Cost => Outcomes.Sum(outcome => outcome.Cost);

    /// <summary>How many samples are answered right.</summary>
    /// <param name="part">The part that it was played on.</param>
    public int Right(RecordedExits part)
    {
        var right = 0;
        for (var sample = 0; sample < Outcomes.Length; sample++)
            right += part.Answer(sample, Outcomes[sample].Exit).Label == part.Gold[sample] ? 1 : 0;
        return right;
    }

    /// <summary>What that comes to, of tiers.</summary>
    /// <param name="fitting">The part that it was played on, and the costs.</param>
    public FittedOutcome Of(PolicyFitting fitting)
    {
        var (costs, part) = (fitting.Costs, fitting.Selection);
        var (times, answered, answeredAt) = (new VisitCounts(costs), new int[costs.Tiers.Count], new Dictionary<int, int>());
        var counts = Outcomes.CountBy<BanditOutcome, BanditOutcome>(outcome => outcome, ReferenceEqualityComparer.Instance);
        foreach (var (outcome, samples) in counts)
        {
            foreach (var work in outcome.Work)
                times.Add(work, samples);
            answered[outcome.Work[^1].Tier] += samples;
            var layer = part.Exits[outcome.Exit];
            answeredAt[layer] = answeredAt.GetValueOrDefault(layer) + samples;
        }

        return new FittedOutcome(Right(part), times.MeanCost(part.Count, costs), answered, answeredAt);
    }
}
