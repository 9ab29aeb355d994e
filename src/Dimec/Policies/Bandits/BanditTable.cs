using Dimec.Policies.Baselines;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Bandits;

/// <summary>
/// A part's samples in the order in which a bandit meets them, with what each arm does with them, whatever the tiers cost: which of a
/// stream's outcomes it comes to, and the confidence that its reward is made of.
/// </summary>
internal sealed class BanditTable
{
    private readonly ushort[] _outcomes;
    private readonly double[] _values;

    /// <summary>Asks every arm about every sample.</summary>
    /// <param name="order">The order in which the samples come: their places in the part.</param>
    /// <param name="arms">How many arms there are, at least 1.</param>
    /// <param name="ask">What each arm does with a sample, by the sample's place in the part, written into the spans; the true classes
    /// are not to be looked at.</param>
    public BanditTable(int[] order, int arms, Ask ask)
    {
        (Order, Arms) = (order, arms);
        (_outcomes, _values) = (new ushort[order.Length * arms], new double[order.Length * arms]);
        // In the order in which they come, so that playing reads on and does not jump.
        for (var t = 0; t < order.Length; t++)
            ask(order[t], _outcomes.AsSpan(t * arms, arms), _values.AsSpan(t * arms, arms));
    }

    /// <summary>Says which outcome each arm has for a sample, and with what confidence.</summary>
    public delegate void Ask(int sample, Span<ushort> outcomes, Span<double> values);

    /// <summary>The samples' places in the part, as they come.</summary>
    public int[] Order { get; }

    /// <summary>The number of arms.</summary>
    public int Arms { get; }

    /// <summary>The outcome of an arm in a round, by its place.</summary>
    public int Outcome(int t, int arm) => _outcomes[(t * Arms) + arm];

    /// <summary>The confidence that the reward is made of, before costs.</summary>
    public double Value(int t, int arm) => _values[(t * Arms) + arm];

    /// <summary>
    /// Arms that are exits: a sample stays at the arm's where that is the last or its confidence is at least a threshold (outcome: the
    /// arm), else the last one answers (outcome: the number of arms more).
    /// </summary>
    /// <param name="part">The part.</param>
    /// <param name="exits">The exits' places among the recorded ones, ascending.</param>
    /// <param name="threshold">The threshold.</param>
    /// <param name="order">The order in which the samples come.</param>
    public static BanditTable OfSplits(RecordedExits part, IReadOnlyList<int> exits, double threshold, int[] order)
    {
        var last = exits.Count - 1;
        return new BanditTable(order, exits.Count, (sample, outcomes, values) =>
        {
            for (var arm = 0; arm <= last; arm++)
            {
                double sure = part.Answer(sample, exits[arm]).Confidence;
                var stays = arm == last || sure >= threshold;
                outcomes[arm] = (ushort)(stays ? arm : exits.Count + arm);
                values[arm] = stays ? sure : part.Answer(sample, exits[last]).Confidence;
            }
        });
    }

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
        (nameof(BanditTable), fitting.Selection, fitting.Options.Seed), () => OrderOf(fitting.Selection, fitting.Options.Seed));
}
