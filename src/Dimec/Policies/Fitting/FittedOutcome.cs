using Dimec.Costs;

namespace Dimec.Policies.Fitting;

/// <summary>What a candidate does on the selection part.</summary>
/// <param name="Right">How many samples it answers right.</param>
/// <param name="Cost">The mean cost of a sample.</param>
/// <param name="Answered">By tier, how many samples it answers.</param>
/// <param name="AnsweredAt">By exit (its layer, 0 for exit 0), how many samples it answers.</param>
public sealed record FittedOutcome(int Right, double Cost, IReadOnlyList<int> Answered, IReadOnlyDictionary<int, int> AnsweredAt)
{
    /// <summary>
    /// How many samples either it or what it ends at has right and not both, where it was not chosen by what it has right; otherwise null.
    /// </summary>
    public int? Discordant { get; init; }

    /// <summary>Where every tier up to the one that answers has begun with the text.</summary>
    /// <param name="right">How many samples are answered right.</param>
    /// <param name="answered">By tier, how many samples it answers.</param>
    /// <param name="costs">The costs.</param>
    internal static FittedOutcome OfRestarts(int right, int[] answered, CostStructure costs)
    {
        var (samples, times, answeredAt) = (answered.Sum(), new VisitCounts(costs), new Dictionary<int, int>());
        var reached = samples;
        for (var tier = 0; tier < answered.Length; tier++)
        {
            times.Add(TierWork.OfText(tier, costs.Tiers[tier].Depth), reached);
            reached -= answered[tier];
            if (answered[tier] > 0)
                answeredAt[costs.Tiers[tier].Depth] = answered[tier];
        }

        return new FittedOutcome(right, times.MeanCost(samples, costs), answered, answeredAt);
    }
}
