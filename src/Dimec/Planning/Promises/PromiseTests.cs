using Dimec.Planning.Promises.Procedures;
using Dimec.Statistics.Bounds;

namespace Dimec.Planning.Promises;

/// <summary>The plans of a chain tested on the samples of a part, or on a draw from them.</summary>
public sealed class PromiseTests : IPromiseTests
{
    private readonly Lazy<TestedPlan>[] _plans;
    private readonly int _count;
    private readonly int[]? _samples;
    private readonly int _seed;

    internal PromiseTests(Lazy<TestedPlan>[] plans, int count, int[]? samples, int seed) =>
        (_plans, _count, _samples, _seed) = (plans, count, samples, seed);

    /// <inheritdoc/>
    public int Count => _plans.Length;

    /// <summary>The number of samples.</summary>
    public int Samples => _samples?.Length ?? _count;

    /// <inheritdoc/>
    public double PValue(int plan) => _plans[plan].Value.Losses.Max(claim => claim.PValue(_samples));

    /// <summary>The losses of a plan by a claim, of all samples together.</summary>
    /// <param name="plan">The plan's place, from 0.</param>
    /// <param name="claim">The claim's place, from 0.</param>
    public LossTally Tally(int plan, int claim) => _plans[plan].Value.Losses[claim].Tally(_samples);

    /// <summary>The losses by a claim of those samples, all or a group, of which it is shown least.</summary>
    /// <param name="plan">The plan's place, from 0.</param>
    /// <param name="claim">The claim's place, from 0.</param>
    public LossTally Worst(int plan, int claim) => _plans[plan].Value.Losses[claim].Worst(_samples);

    /// <summary>The losses of a plan by a claim, of every sample of the part.</summary>
    /// <param name="plan">The plan's place, from 0.</param>
    /// <param name="claim">The claim's place, from 0.</param>
    /// <returns>By the sample's place, −1, 0 or 1.</returns>
    public IReadOnlyList<sbyte> Losses(int plan, int claim) => _plans[plan].Value.Losses[claim].Values;

    /// <summary>What a plan costs a sample on average, over the whole part, in the costs' unit.</summary>
    /// <param name="plan">The plan's place, from 0.</param>
    public double MeanCost(int plan) => _plans[plan].Value.MeanCost;

    /// <summary>The same tests on other samples of the part: a redraw.</summary>
    /// <param name="samples">Their places in the part; one may come several times.</param>
    public PromiseTests On(int[] samples) => new(_plans, _count, samples, _seed);

    /// <inheritdoc/>
    public (IPromiseTests First, IPromiseTests Second) Halves()
    {
        int[] all = _samples ?? [.. Enumerable.Range(0, _count)];
        var shuffled = (int[])all.Clone();
        new Random(_seed).Shuffle(shuffled);
        return (On(shuffled[..(shuffled.Length / 2)]), On(shuffled[(shuffled.Length / 2)..]));
    }
}
