using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies.Pools;

/// <summary>What a pools plan holds: the centroids that route, and for the record how they came to be.</summary>
public sealed record PoolsParameters : PolicyParameters
{
    /// <summary>α and the βs that cut the training samples into pools.</summary>
    public required PoolThresholds Thresholds { get; init; }

    /// <summary>
    /// μ_c of the reward that chose the thresholds; null for the end of the grid at which the last tier gets everything,
    /// which no reward chose.
    /// </summary>
    public required double? RewardWeight { get; init; }

    /// <summary>The open choices and the grid that it was made with; a plan does not keep the weights of the reward and the seed.</summary>
    public required FittingOptions Options { get; init; }

    /// <summary>What μ and σ came from.</summary>
    public required MetricsOrigin Metrics { get; init; }

    /// <summary>What the embeddings are made of that the centroids are means of, and that those to be routed must be made of.</summary>
    public EmbeddingKind EmbeddingKind { get; init; }

    /// <summary>Each exit's temperature by its layer number.</summary>
    public required IReadOnlyDictionary<int, double> Temperatures { get; init; }

    /// <summary>A tier each; null where the pool is empty.</summary>
    public required IReadOnlyList<float[]?> Centroids { get; init; }

    /// <summary>The router that sends a new sample to a tier.</summary>
    /// <param name="costs">The costs that the plan was made for.</param>
    public CentroidRouter CreateRouter(CostStructure costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        return new CentroidRouter(Centroids, Options.Embedding, [.. Enumerable.Range(0, costs.Tiers.Count).Select(costs.Of)]);
    }

    /// <summary>The choices that a plan keeps, so that parameters are the same before they are written and after.</summary>
    internal static FittingOptions KeptOf(FittingOptions options) => new()
    {
        Hard = options.Hard,
        Embedding = options.Embedding,
        Reward = options.Reward,
        Routing = options.Routing,
        GridLevels = options.GridLevels,
        FitTemperatures = options.FitTemperatures,
    };

    /// <inheritdoc/>
    public override PolicyNeeds Needs(CostStructure costs) =>
        new() { Embedding = new EmbeddingNeed(EmbeddingKind, Centroids.OfType<float[]>().First().Length) };
}
