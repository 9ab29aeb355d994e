using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies.Pools;

/// <summary>
/// Every (α, β) of the grid with what it makes of the selection part: the part of the reward search that does not depend on what the
/// tiers cost but for their order, and so is done once for many cost structures.
/// </summary>
internal sealed class PoolRoutes
{
    private readonly PolicyFitting _fitting;

    public PoolRoutes(PolicyFitting fitting, PoolSamples training)
    {
        _fitting = fitting;
        var options = fitting.Options;
        if (fitting.Selection.EmbeddingSize != training.EmbeddingSize)
        {
            throw new InputException(
                "predictions/selection.jsonl",
                $"has embeddings of {fitting.Selection.EmbeddingSize} numbers where the training samples' have {training.EmbeddingSize}",
                "record both with the same model");
        }

        Grid = GridOf(fitting, training);
        Cells = new PoolCells(Grid, training, options.Embedding);
        Candidates = [.. Enumerable.Range(0, Grid.Alphas.Length).SelectMany(alpha => Grid.BetaChoices().Select(betas =>
            new PoolCandidate(alpha, betas, [.. Grid.Pools(alpha, betas).Select(Cells.Layout.Terms)])))];
        Temperatures = fitting.Exits.ToDictionary(
            exit => fitting.Selection.Exits[exit],
            exit => options.FitTemperatures ? Temperature.Fit(fitting.Selection, exit) : 1);
        double[][] values = [.. fitting.Exits.Select(Values)];
        Outcomes = options.Routing == SelectionRouting.Centroids
            ? new CentroidRouting(Cells, fitting).Route(Candidates, values)
            : new MembershipRouting(fitting, training).Route([.. Candidates.Select(Thresholds)], values);
    }

    /// <summary>The grid of thresholds.</summary>
    public PoolGrid Grid { get; }

    /// <summary>The training samples over the grid's cells.</summary>
    public PoolCells Cells { get; }

    /// <summary>Every combination of thresholds.</summary>
    public PoolCandidate[] Candidates { get; }

    /// <summary>What each combination makes of the selection part.</summary>
    public RoutingOutcome[] Outcomes { get; }

    /// <summary>By exit, the temperature at which confidences are compared.</summary>
    public IReadOnlyDictionary<int, double> Temperatures { get; }

    /// <summary>The routes for a fitting; those of an earlier one where all that they depend on is the same.</summary>
    public static PoolRoutes Of(PolicyFitting fitting, PoolSamples training) => fitting.Memory.GetOrAdd(
        (fitting.Selection, training, fitting.SelectionMetrics, fitting.Options, string.Join(
            ',', fitting.Exits), string.Join(',', TiersByCost(fitting.Costs))),
        () => new PoolRoutes(fitting, training));

    /// <summary>The grid of thresholds that is searched.</summary>
    public static PoolGrid GridOf(PolicyFitting fitting, PoolSamples training) => training.Samples.Origin.IsOwn
        ? new OwnExitsGrid(training.Samples, fitting.Costs.Tiers.Count, fitting.Options.GridLevels)
        : new OneExitGrid(training.Samples, fitting.Costs.Tiers.Count, fitting.Options.GridLevels, fitting.Options.Hard);

    /// <summary>The tiers, cheapest first: of equally near pools the cheaper tier's is taken.</summary>
    public static int[] TiersByCost(CostStructure costs) =>
        [.. CentroidRouter.InOrderOfCost([.. Enumerable.Range(0, costs.Tiers.Count).Select(costs.Of)])];

    public PoolThresholds Thresholds(PoolCandidate candidate) => Grid.Thresholds(candidate.Alpha, candidate.Betas);

    /// <summary>C for every selection sample at a tier's exit.</summary>
    private double[] Values(int exit)
    {
        var part = _fitting.Selection;
        var temperature = (float)Temperatures[part.Exits[exit]];
        var byConfidence = _fitting.Options.Reward == RewardKind.Confidence;
        return [.. Enumerable.Range(0, part.Count).Select(sample => byConfidence
            ? Softmax.Confidence(part.Logits(sample, exit), temperature)
            : part.Answer(sample, exit).Label == part.Gold[sample] ? 1 : 0)];
    }
}
