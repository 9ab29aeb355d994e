using System.Diagnostics.CodeAnalysis;

namespace Dimec.Pools;

/// <summary>
/// The grid where each tier's own exit gives μ and σ: α at the quantiles of all these μ together, each β at those of its own tier's σ,
/// in any order. Two tables for each α: of the samples that the last but one tier would take, and of those that it would not. In both
/// a sample's place along the axis of a tier before that counts the βs below its σ there, and is the last where its μ there is below α:
/// "the tier takes it at β[b]" is place ≤ b.
/// </summary>
internal sealed class OwnExitsGrid : PoolGrid
{
    /// <summary>The largest number of tiers: with more, even two values a β would make too many cells.</summary>
    public const int MostTiers = 8;

    private readonly PoolMetrics _samples;

    [SetsRequiredMembers]
    public OwnExitsGrid(PoolMetrics samples, int tiers, int levels)
    {
        _samples = samples;
        var cuts = tiers - 2;
        Alphas = QuantileGrid.ForLowerCut(
            from i in Enumerable.Range(0, samples.Count)
            from place in Enumerable.Range(0, samples.Places)
            select samples.Confidence(i, place), levels);
        double[][] betas = [.. Enumerable.Range(0, cuts)
            .Select(cut => QuantileGrid.ForUpperCut(Enumerable.Range(0, samples.Count).Select(i => samples.Variability(i, cut)), levels))];
        var size = ThresholdCombinations.FreeFit(levels + 1, cuts, ThresholdCombinations.MostOwn / Alphas.Length);
        IsThinned = betas.Any(grid => grid.Length > size);
        Betas = [.. betas.Select(grid => ThresholdCombinations.Thin(grid, size))];
    }

    public override int Tables => 2 * Alphas.Length;

    public override int[] Axes => [.. Betas.Select(grid => grid.Length + 1)];

    public override IReadOnlyList<int[]> BetaChoices() => ThresholdCombinations.Free([.. Betas.Select(grid => grid.Length)]);

    public override IEnumerable<(int Table, int[] Place)> CellsOf(int sample)
    {
        int[] columns = [.. Betas.Select((grid, cut) => CountBelow(grid, _samples.Variability(sample, cut), included: false))];
        for (var alpha = 0; alpha < Alphas.Length; alpha++)
        {
            var cut = Alphas[alpha];
            int[] place = [.. columns.Select((column, tier) => _samples.Confidence(sample, tier) >= cut ? column : Betas[tier].Length)];
            yield return (Table(alpha, taken: _samples.Confidence(sample, Betas.Length) >= cut), place);
        }
    }

    public override PoolBox[][] Pools(int alpha, int[] betas)
    {
        var pools = new List<PoolBox[]>();
        for (var tier = 0; tier < betas.Length; tier++)
        {
            // Passed by every tier before, taken by this one, whatever the later ones would say.
            (int, int)[] ranges = [.. betas.Select((beta, axis) =>
                axis < tier ? (beta + 1, Betas[axis].Length + 1) : (0, axis == tier ? beta + 1 : Betas[axis].Length + 1))];
            pools.Add([new PoolBox(Table(alpha, taken: true), ranges), new PoolBox(Table(alpha, taken: false), ranges)]);
        }

        (int, int)[] passed = [.. betas.Select((beta, axis) => (beta + 1, Betas[axis].Length + 1))];
        pools.Add([new PoolBox(Table(alpha, taken: true), passed)]);
        pools.Add([new PoolBox(Table(alpha, taken: false), passed)]);
        return [.. pools];
    }

    private static int Table(int alpha, bool taken) => (2 * alpha) + (taken ? 1 : 0);
}
