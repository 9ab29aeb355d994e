using Dimec.Costs;

namespace Dimec.Policies.Bandits;

/// <summary>What can become of a sample that plays an arm.</summary>
/// <param name="Work">The stretches of layers that it runs; none where the tally knows no tiers.</param>
/// <param name="Exit">The place, among the recorded exits, of the one that answers.</param>
/// <param name="Cost">What all work costs.</param>
/// <param name="Charged">The cost that the reward is lessened by.</param>
internal sealed record BanditOutcome(IReadOnlyList<TierWork> Work, int Exit, double Cost, double Charged)
{
    /// <summary>The steps that it takes.</summary>
    public PolicyStep[] Steps { get; } = [.. Work.Select(work => PolicyStep.RunOn(work.Tier, work.To))];
}
