using Dimec.Policies.Baselines;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Bandits;

/// <summary>A part's samples in the order in which a bandit meets them, with what each of its arms would do.</summary>
internal sealed class BanditStream
{
    private readonly RecordedExits _part;
    private readonly int _arms;
    private readonly int[] _order;
    private readonly BanditArm[] _table;

    /// <summary>Asks every arm about every sample.</summary>
    /// <param name="part">The part; its true classes are not looked at.</param>
    /// <param name="order">The order in which they come: their places in the part.</param>
    /// <param name="arms">How many arms there are.</param>
    /// <param name="ask">What each arm does with a sample, by the sample's place in the part, written into the span.</param>
    public BanditStream(RecordedExits part, int[] order, int arms, Ask ask)
    {
        (_part, _order, _arms, _table) = (part, order, arms, new BanditArm[part.Count * arms]);
        // In the order in which they come, so that playing reads on and does not jump.
        for (var t = 0; t < order.Length; t++)
            ask(order[t], _table.AsSpan(t * arms, arms));
    }

    /// <summary>Says what each arm does with a sample.</summary>
    public delegate void Ask(int sample, Span<BanditArm> arms);

    /// <summary>The order in which samples come: by a hash of each sample's guid, so that it is the same in every file.</summary>
    /// <param name="part">The part.</param>
    /// <param name="seed">Decides the order.</param>
    public static int[] OrderOf(RecordedExits part, int seed)
    {
        double[] keys = [.. part.Guids.Select(guid => RandomPolicy.Place(seed, guid))];
        return [.. Enumerable.Range(0, part.Count).OrderBy(sample => keys[sample])];
    }

    /// <summary>The same, kept for the next fit of the same part.</summary>
    /// <param name="fitting">What is fitted on, and with which seed.</param>
    public static int[] OrderOf(PolicyFitting fitting) => fitting.Memory.GetOrAdd(
        (nameof(BanditStream), fitting.Selection, fitting.Options.Seed), () => OrderOf(fitting.Selection, fitting.Options.Seed));

    /// <summary>The arm that each sample gets, in the part's order.</summary>
    public BanditArm[] Play(double weight, double bonus, bool seesEarlier = false)
    {
        var played = UpperConfidenceBound.Play(_order.Length, _arms, Rewards(weight), bonus, seesEarlier);
        var chosen = new BanditArm[_order.Length];
        for (var t = 0; t < played.Length; t++)
            chosen[_order[t]] = _table[(t * _arms) + played[t]];
        return chosen;
    }

    /// <summary>The cumulative regret, in the order in which the samples come.</summary>
    public double[] Regret(double weight, double bonus) =>
        UpperConfidenceBound.Regret(_arms, Rewards(weight), UpperConfidenceBound.Play(_order.Length, _arms, Rewards(weight), bonus));

    /// <summary>The policy that does with each sample what the bandit did.</summary>
    public IPolicy Replay(double weight, double bonus) =>
        new AllottedPolicy(Play(weight, bonus).Select((arm, sample) => (_part.Guids[sample], arm.Steps)).ToDictionary());

    private Func<int, int, double> Rewards(double weight) => (t, arm) => _table[(t * _arms) + arm].Reward(weight);
}
