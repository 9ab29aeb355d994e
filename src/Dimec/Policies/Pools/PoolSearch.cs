using Dimec.Policies.Fitting;
using Dimec.Pools;

namespace Dimec.Policies.Pools;

/// <summary>
/// The reward search of the method (section 5): for every (α, β) of the grid the mean over the selection part of
/// r(x) = C_t(x) − μ_c · (λ_t · d_t + o_t), t the tier that x is routed to; for every μ_c the best (α, β).
/// </summary>
internal sealed class PoolSearch(PolicyFitting fitting, PoolSamples training)
{
    private readonly PoolRoutes _routes = PoolRoutes.Of(fitting, training);

    /// <summary>
    /// The best thresholds for each μ_c of the grid, each pair once; and the end of the grid at which every training sample is hard, so
    /// that what the last tier keeps of the accuracy can always be kept, however sure of themselves the other exits are.
    /// </summary>
    public IReadOnlyList<PoolsParameters> Sweep()
    {
        double samples = fitting.Selection.Count;
        (double Value, double Cost)[] outcomes = [.. _routes.Outcomes.Select(outcome =>
            (outcome.Value / samples, outcome.Cost(fitting.Costs)))];
        var chosen = new HashSet<int>();
        var sweep = new List<PoolsParameters>();
        foreach (var weight in fitting.Options.RewardWeights.Select(weight => weight / fitting.Costs.Cloud))
        {
            var best = Best(outcomes, weight);
            if (chosen.Add(best))
                sweep.Add(Parameters(_routes.Candidates[best], weight));
        }

        // The largest α with the largest βs comes last.
        if (!chosen.Any(GoesToTheLastTier))
            sweep.Add(Parameters(_routes.Candidates[^1], weight: null));
        return sweep;
    }

    private bool GoesToTheLastTier(int candidate) =>
        _routes.Candidates[candidate].Pools.SkipLast(1).All(pool => _routes.Cells.Count(pool) == 0);

    private static int Best((double Value, double Cost)[] outcomes, double weight)
    {
        var best = 0;
        for (var i = 1; i < outcomes.Length; i++)
        {
            var gain = Reward(outcomes[i]) - Reward(outcomes[best]);
            if (gain > 0 || (gain == 0 && outcomes[i].Cost < outcomes[best].Cost))
                best = i;
        }

        return best;

        double Reward((double Value, double Cost) outcome) => outcome.Value - (weight * outcome.Cost);
    }

    private PoolsParameters Parameters(PoolCandidate candidate, double? weight)
    {
        var cells = _routes.Cells;
        var centroids = new float[]?[candidate.Pools.Length];
        var relative = new double[cells.Size];
        for (var tier = 0; tier < centroids.Length; tier++)
        {
            if (cells.TryCentroid(candidate.Pools[tier], relative))
                centroids[tier] = [.. relative.Zip(cells.Mean, (offset, mean) => (float)(mean + offset))];
        }

        return new PoolsParameters
        {
            Thresholds = _routes.Thresholds(candidate),
            RewardWeight = weight,
            Options = PoolsParameters.KeptOf(fitting.Options),
            Metrics = training.Samples.Origin,
            EmbeddingKind = training.EmbeddingKind,
            Temperatures = _routes.Temperatures,
            Centroids = centroids,
        };
    }
}
