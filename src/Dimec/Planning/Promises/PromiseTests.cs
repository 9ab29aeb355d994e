using Dimec.Planning.Promises.Procedures;
using Dimec.Statistics.Bounds;

namespace Dimec.Planning.Promises;

/// <summary>The plans of a chain tested on the samples of a part, or on a draw from them.</summary>
public sealed class PromiseTests : IPromiseTests
{
    private readonly Lazy<ClaimLosses[]>[] _losses;
    private readonly int _count;
    private readonly int[]? _samples;
    private readonly int _seed;

    internal PromiseTests(Lazy<ClaimLosses[]>[] losses, int count, int[]? samples, int seed) =>
        (_losses, _count, _samples, _seed) = (losses, count, samples, seed);

    /// <inheritdoc/>
    public int Count => _losses.Length;

    /// <summary>The number of samples.</summary>
    public int Samples => _samples?.Length ?? _count;

    /// <inheritdoc/>
    public double PValue(int plan) => _losses[plan].Value.Max(claim => claim.PValue(_samples));

    /// <summary>The losses of a plan by a claim, of all samples together.</summary>
    /// <param name="plan">The plan's place, from 0.</param>
    /// <param name="claim">The claim's place, from 0.</param>
    public LossTally Tally(int plan, int claim) => _losses[plan].Value[claim].Tally(_samples);

    /// <summary>The losses by a claim of those samples, all or a group, of which it is shown least.</summary>
    /// <param name="plan">The plan's place, from 0.</param>
    /// <param name="claim">The claim's place, from 0.</param>
    public LossTally Worst(int plan, int claim) => _losses[plan].Value[claim].Worst(_samples);

    /// <summary>The same tests on other samples of the part: a redraw.</summary>
    /// <param name="samples">Their places in the part; one may come several times.</param>
    public PromiseTests On(int[] samples) => new(_losses, _count, samples, _seed);

    /// <inheritdoc/>
    public (IPromiseTests First, IPromiseTests Second) Halves()
    {
        int[] all = _samples ?? [.. Enumerable.Range(0, _count)];
        var shuffled = (int[])all.Clone();
        new Random(_seed).Shuffle(shuffled);
        return (On(shuffled[..(shuffled.Length / 2)]), On(shuffled[(shuffled.Length / 2)..]));
    }
}
