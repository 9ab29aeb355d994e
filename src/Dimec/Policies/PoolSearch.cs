using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>
/// The reward search of the method (section 5): for every (α, β) of the grid the mean over the selection part of
/// r(x) = C_t(x) − μ_c · (λ_t · d_t + o_t), t the tier that x is routed to; for every μ_c the best (α, β).
/// </summary>
internal sealed class PoolSearch
{
    private readonly PolicyFitting _fitting;
    private readonly TrainingMap _training;
    private readonly PoolGrid _grid;
    private readonly PoolCells _cells;
    private readonly PoolCandidate[] _candidates;
    private readonly Dictionary<int, double> _temperatures;
    private readonly double[][] _values;

    public PoolSearch(PolicyFitting fitting, TrainingMap training)
    {
        (_fitting, _training) = (fitting, training);
        var options = fitting.Options;
        if (fitting.Selection.EmbeddingSize != training.EmbeddingSize)
        {
            throw new InputException(
                "predictions/selection.jsonl",
                $"has embeddings of {fitting.Selection.EmbeddingSize} numbers where the training samples' have {training.EmbeddingSize}",
                "record both with the same model");
        }

        _grid = Grid(fitting, training);
        _cells = new PoolCells(_grid, training, options.Embedding);
        _candidates = [.. Enumerable.Range(0, _grid.Alphas.Length).SelectMany(alpha => _grid.BetaChoices().Select(betas =>
            new PoolCandidate(alpha, betas, [.. _grid.Pools(alpha, betas).Select(_cells.Layout.Terms)])))];
        _temperatures = fitting.Exits.ToDictionary(
            exit => fitting.Selection.Exits[exit],
            exit => options.FitTemperatures ? Temperature.Fit(fitting.Selection, exit) : 1);
        _values = [.. fitting.Exits.Select(Values)];
    }

    /// <summary>The grid of thresholds that is searched.</summary>
    public static PoolGrid Grid(PolicyFitting fitting, TrainingMap training) => training.Samples.Origin.IsOwn
        ? new OwnExitsGrid(training.Samples, fitting.Costs.Tiers.Count, fitting.Options.GridLevels)
        : new OneExitGrid(training.Samples, fitting.Costs.Tiers.Count, fitting.Options.GridLevels, fitting.Options.Hard);

    /// <summary>The best thresholds for each μ_c of the grid, each pair once.</summary>
    public IReadOnlyList<PoolsParameters> Sweep()
    {
        var outcomes = _fitting.Options.Routing == SelectionRouting.Centroids
            ? new CentroidRouting(_cells, _fitting).Route(_candidates, _values)
            : new MembershipRouting(_fitting, _training).Route([.. _candidates.Select(Thresholds)], _values);
        var chosen = new HashSet<int>();
        var sweep = new List<PoolsParameters>();
        foreach (var weight in _fitting.Options.RewardWeights.Select(weight => weight / _fitting.Costs.Cloud))
        {
            var best = Best(outcomes, weight);
            if (chosen.Add(best))
                sweep.Add(Parameters(_candidates[best], weight));
        }

        return sweep;
    }

    private static int Best(RoutingOutcome[] outcomes, double weight)
    {
        var best = 0;
        for (var i = 1; i < outcomes.Length; i++)
        {
            var gain = outcomes[i].Reward(weight) - outcomes[best].Reward(weight);
            if (gain > 0 || (gain == 0 && outcomes[i].Cost < outcomes[best].Cost))
                best = i;
        }

        return best;
    }

    /// <summary>C for every selection sample at a tier's exit.</summary>
    private double[] Values(int exit)
    {
        var part = _fitting.Selection;
        var temperature = (float)_temperatures[part.Exits[exit]];
        var byConfidence = _fitting.Options.Reward == RewardKind.Confidence;
        return [.. Enumerable.Range(0, part.Count).Select(sample =>
        {
            var logits = part.Logits(sample, exit);
            return byConfidence ? Softmax.Confidence(logits, temperature) : Softmax.ArgMax(logits) == part.Gold[sample] ? 1 : 0;
        })];
    }

    private PoolThresholds Thresholds(PoolCandidate candidate) => _grid.Thresholds(candidate.Alpha, candidate.Betas);

    private PoolsParameters Parameters(PoolCandidate candidate, double weight)
    {
        var centroids = new float[]?[candidate.Pools.Length];
        var relative = new double[_cells.Size];
        for (var tier = 0; tier < centroids.Length; tier++)
        {
            if (_cells.TryCentroid(candidate.Pools[tier], relative))
                centroids[tier] = [.. relative.Zip(_cells.Mean, (offset, mean) => (float)(mean + offset))];
        }

        return new PoolsParameters
        {
            Thresholds = Thresholds(candidate),
            RewardWeight = weight,
            Options = _fitting.Options,
            Metrics = _training.Samples.Origin,
            EmbeddingKind = _training.EmbeddingKind,
            Temperatures = _temperatures,
            Centroids = centroids,
        };
    }
}
