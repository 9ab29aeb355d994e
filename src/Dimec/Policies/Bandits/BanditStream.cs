using Dimec.Policies.Baselines;
using Dimec.Predictions;

namespace Dimec.Policies.Bandits;

/// <summary>A part's samples as a bandit meets them, and what its arms come to at what the tiers cost.</summary>
/// <param name="part">The part; its true classes are not looked at.</param>
/// <param name="table">What each arm does with the samples.</param>
/// <param name="outcomes">What the table's outcomes are, in its order.</param>
internal sealed class BanditStream(RecordedExits part, BanditTable table, IReadOnlyList<BanditOutcome> outcomes)
{
    /// <summary>What becomes of each sample.</summary>
    /// <param name="weight">The weight μ_c of cost against confidence.</param>
    /// <param name="bonus">c, at least 0.</param>
    /// <param name="seesEarlier">Whether the rewards of all arms before the played one are seen as well.</param>
    public BanditPlay Play(double weight, double bonus, bool seesEarlier = false)
    {
        var (rewards, order) = (Rewards(weight), table.Order);
        var played = UpperConfidenceBound.Play(order.Length, table.Arms, rewards, bonus, seesEarlier);
        var (chosen, earned) = (new BanditOutcome[order.Length], 0.0);
        for (var t = 0; t < played.Length; t++)
        {
            chosen[order[t]] = outcomes[table.Outcome(t, played[t])];
            earned += rewards(t, played[t]);
        }

        return new BanditPlay(chosen, earned);
    }

    /// <summary>The cumulative regret, in the order in which the samples come.</summary>
    /// <param name="weight">The weight μ_c of cost against confidence.</param>
    /// <param name="bonus">c, at least 0.</param>
    public double[] Regret(double weight, double bonus)
    {
        var rewards = Rewards(weight);
        return UpperConfidenceBound.Regret(
            table.Arms, rewards, UpperConfidenceBound.Play(table.Order.Length, table.Arms, rewards, bonus));
    }

    /// <summary>The policy that does with each sample what the bandit did.</summary>
    /// <param name="weight">The weight μ_c of cost against confidence.</param>
    /// <param name="bonus">c, at least 0.</param>
    public IPolicy Replay(double weight, double bonus) => new AllottedPolicy(
        Play(weight, bonus).Outcomes.Select((outcome, sample) => (part.Guids[sample], outcome.Steps)).ToDictionary());

    private Func<int, int, double> Rewards(double weight)
    {
        double[] charged = [.. outcomes.Select(outcome => weight * outcome.Charged)];
        return (t, arm) => table.Value(t, arm) - charged[table.Outcome(t, arm)];
    }
}
