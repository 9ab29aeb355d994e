using System.Numerics.Tensors;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies.Dimee;

/// <summary>
/// DIMEE's pools of the training samples for every α of a grid: a sample is in the pool of the first tier whose exit's confidence is at
/// least α, or of the last. For three tiers: easy C_m ≥ α; moderate, of the rest, C_n ≥ α; hard what is left.
/// </summary>
internal sealed class DimeePools
{
    private readonly RecordedExits _train;
    private readonly int _tiers;
    private readonly int _exit;
    private readonly int[] _exits;
    private readonly Dictionary<int, double> _temperatures;
    private readonly double[] _alphas;

    /// <summary>
    /// By tier, the number of samples that come into its pool at each α less that of those that leave it, and the same of their states.
    /// </summary>
    private readonly int[][] _counts;
    private readonly double[][] _sums;

    public DimeePools(PolicyFitting fitting, RecordedExits train)
    {
        var (selection, tiers) = (fitting.Selection, fitting.Costs.Tiers);
        (_train, _tiers) = (train, tiers.Count);
        _temperatures = fitting.Exits.ToDictionary(
            exit => selection.Exits[exit], exit => fitting.Options.FitTemperatures ? Temperature.Fit(selection, exit) : 1);
        _exits = [.. tiers.Select(tier => train.IndexOfExit(tier.Depth))];
        _exit = _exits[0];
        _alphas = Grid(QuantileGrid.ForLowerCut(
            Enumerable.Range(0, selection.Count).Select(sample => (double)Confidence(selection, sample, fitting.Exits[0])),
            fitting.Options.GridLevels));
        _counts = [.. tiers.Select(_ => new int[_alphas.Length + 1])];
        _sums = [.. tiers.Select(_ => new double[(_alphas.Length + 1) * train.StateSize])];
        for (var sample = 0; sample < train.Count; sample++)
            Add(sample);
    }

    /// <summary>The parameters for every α, ascending.</summary>
    public IEnumerable<DimeeParameters> Candidates()
    {
        var counts = new int[_tiers];
        double[][] sums = [.. Enumerable.Range(0, _tiers).Select(_ => new double[_train.StateSize])];
        for (var alpha = 0; alpha < _alphas.Length; alpha++)
        {
            for (var tier = 0; tier < _tiers; tier++)
            {
                counts[tier] += _counts[tier][alpha];
                TensorPrimitives.Add(sums[tier], Change(tier, alpha), sums[tier]);
            }

            yield return new DimeeParameters(
                _alphas[alpha], _temperatures,
                [.. sums.Select((sum, tier) => counts[tier] == 0 ? null : Array.ConvertAll(sum, value => (float)(value / counts[tier])))]);
        }
    }

    /// <summary>
    /// With rising α a sample moves from tier to tier: it is in a tier's pool from the first α above all earlier exits' confidences to
    /// the last that its own reaches.
    /// </summary>
    private void Add(int sample)
    {
        var state = new double[_train.StateSize];
        TensorPrimitives.ConvertTruncating(_train.State(sample, _exit), state);
        var from = 0;
        for (var tier = 0; tier < _tiers; tier++)
        {
            var to = tier == _tiers - 1 ? _alphas.Length : Math.Max(from, CountUpTo(Confidence(_train, sample, _exits[tier])));
            if (to == from)
                continue;
            _counts[tier][from]++;
            _counts[tier][to]--;
            TensorPrimitives.Add(Change(tier, from), state, Change(tier, from));
            TensorPrimitives.Subtract(Change(tier, to), state, Change(tier, to));
            from = to;
        }
    }

    /// <summary>
    /// With an end above every confidence of the training samples: there all pools but the last are empty,
    /// and the last tier answers everything.
    /// </summary>
    private double[] Grid(double[] quantiles)
    {
        var end = Math.BitIncrement(
            (double)_exits.Max(exit => Enumerable.Range(0, _train.Count).Max(sample => Confidence(_train, sample, exit))));
        return end > quantiles[^1] ? [.. quantiles, end] : quantiles;
    }

    private Span<double> Change(int tier, int alpha) => _sums[tier].AsSpan(alpha * _train.StateSize, _train.StateSize);

    private int CountUpTo(double confidence)
    {
        var place = Array.BinarySearch(_alphas, confidence);
        return place >= 0 ? place + 1 : ~place;
    }

    private float Confidence(RecordedExits part, int sample, int exit) =>
        Softmax.Confidence(part.Logits(sample, exit), (float)_temperatures[part.Exits[exit]]);
}
