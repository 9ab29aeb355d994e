using System.Diagnostics.CodeAnalysis;

namespace Dimec.Pools;

/// <summary>
/// The grid where one exit gives μ and σ: α at the quantiles of μ, every β at those of σ, ascending. One table: a cell's row counts the
/// αs at or below μ and its column the βs below σ, so μ ≥ α[a] is row &gt; a, and σ ≤ β[b] is column ≤ b.
/// </summary>
internal sealed class OneExitGrid : PoolGrid
{
    private readonly PoolMetrics _samples;
    private readonly HardRule _rule;
    private readonly double[] _betas;

    [SetsRequiredMembers]
    public OneExitGrid(PoolMetrics samples, int tiers, int levels, HardRule rule)
    {
        (_samples, _rule) = (samples, rule);
        var cuts = tiers - 2;
        Alphas = QuantileGrid.ForLowerCut(Enumerable.Range(0, samples.Count).Select(i => samples.Confidence(i, 0)), levels);
        var betas = QuantileGrid.ForUpperCut(Enumerable.Range(0, samples.Count).Select(i => samples.Variability(i, 0)), levels);
        _betas = cuts == 0 ? [] : ThresholdCombinations.Thin(
            betas, ThresholdCombinations.AscendingFit(betas.Length, cuts, ThresholdCombinations.Most / Alphas.Length));
        IsThinned = cuts > 0 && _betas.Length < betas.Length;
        Betas = [.. Enumerable.Repeat(_betas, cuts)];
    }

    public override int Tables => 1;

    public override int[] Axes => [Alphas.Length + 1, _betas.Length + 1];

    public override IReadOnlyList<int[]> BetaChoices() => ThresholdCombinations.Ascending(_betas.Length, Betas.Length);

    public override IEnumerable<(int Table, int[] Place)> CellsOf(int sample) =>
        [(0, [CountBelow(Alphas, _samples.Confidence(sample, 0), included: true), CountBelow(
            _betas, _samples.Variability(sample, 0), included: false)])];

    public override PoolBox[][] Pools(int alpha, int[] betas)
    {
        var (rows, columns) = (Alphas.Length + 1, _betas.Length + 1);
        var everywhere = _rule == HardRule.LowConfidence || betas.Length == 0;
        PoolBox hard = new(0, [(0, alpha + 1), (0, everywhere ? columns : betas[0] + 1)]);
        return
        [
            .. Enumerable.Range(0, betas.Length + 1).Select(slice => new[]
            {
                new PoolBox(0,
                [
                    (everywhere || slice == 0 ? alpha + 1 : 0, rows),
                    (slice == 0 ? 0 : betas[slice - 1] + 1, slice == betas.Length ? columns : betas[slice] + 1),
                ]),
            }),
            [hard],
        ];
    }
}
