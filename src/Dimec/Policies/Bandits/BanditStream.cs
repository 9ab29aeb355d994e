using Dimec.Predictions;

namespace Dimec.Policies.Bandits;

/// <summary>A part's samples in the order in which a bandit meets them, with what each of its arms would do.</summary>
/// <param name="part">The part; its true classes are not looked at.</param>
/// <param name="seed">Decides the order, by a hash of each sample's guid, so that it is the same in every file.</param>
/// <param name="arms">What each arm does with a sample, by the sample's place in the part.</param>
internal sealed class BanditStream(RecordedExits part, int seed, Func<int, BanditArm[]> arms)
{
    private readonly int[] _order = [.. Enumerable.Range(0, part.Count).OrderBy(sample => RandomPolicy.Place(seed, part.Guids[sample]))];
    private readonly BanditArm[][] _arms = [.. Enumerable.Range(0, part.Count).Select(arms)];

    /// <summary>The arm that each sample gets, in the part's order.</summary>
    public BanditArm[] Play(double weight, double bonus)
    {
        var played = UpperConfidenceBound.Play(Rewards(weight), bonus);
        var chosen = new BanditArm[part.Count];
        for (var t = 0; t < played.Length; t++)
            chosen[_order[t]] = _arms[_order[t]][played[t]];
        return chosen;
    }

    /// <summary>The cumulative regret, in the order in which the samples come.</summary>
    public double[] Regret(double weight, double bonus)
    {
        var rewards = Rewards(weight);
        return UpperConfidenceBound.Regret(rewards, UpperConfidenceBound.Play(rewards, bonus));
    }

    /// <summary>The policy that does with each sample what the bandit did.</summary>
    public IPolicy Replay(double weight, double bonus) =>
        new AllottedPolicy(Play(weight, bonus).Select((arm, sample) => (part.Guids[sample], arm.Steps)).ToDictionary());

    private double[][] Rewards(double weight) => [.. _order.Select(sample => _arms[sample].Select(arm => arm.Reward(weight)).ToArray())];
}
