using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Evaluation.CrossFitting;
using Dimec.Evaluation.Parts;
using Dimec.Evaluation.Pools;
using Dimec.Evaluation.Routers;

namespace Dimec.Studies.Measures;

/// <summary>All that a study reports of one training at one set of depths.</summary>
public sealed record RunMeasures
{
    /// <summary>Every policy, planned on the selection part and read on the reported one, at the default costs.</summary>
    public required EvaluationDocument Evaluation { get; init; }

    /// <summary>The same with offloading for nothing (o = 0), planned anew; null where the costs are nothing else.</summary>
    public EvaluationDocument? WithoutOffload { get; init; }

    /// <summary>Every policy, planned on one half of the reported part and read on the other.</summary>
    public required CrossFitDocument CrossFit { get; init; }

    /// <summary>How far the selection part and the reported part are apart, without a look at labels.</summary>
    public required EnergyDistanceTest Shift { get; init; }

    /// <summary>Every recorded exit.</summary>
    public required IReadOnlyList<ExitMeasure> Exits { get; init; }

    /// <summary>How well each policy's score tells what a tier gets right.</summary>
    public required IReadOnlyList<RouterAuroc> Routers { get; init; }

    /// <summary>The contenders' sweeps.</summary>
    public required IReadOnlyList<MeasuredFrontier> Frontiers { get; init; }

    /// <summary>The bandits' regret.</summary>
    public required IReadOnlyList<RegretCurve> Regrets { get; init; }

    /// <summary>The pools of the plan against what every tier gets right; null where there is no plan of pools.</summary>
    public PoolTiers? Pools { get; init; }

    /// <summary>The evaluated plans, sample by sample.</summary>
    public required IReadOnlyList<SampleOutcomes> Outcomes { get; init; }

    /// <summary>
    /// The settings of phone → cloud that no other beats on the reported part, cheapest first, sample by sample; none where exit 0 was not
    /// recorded.
    /// </summary>
    public IReadOnlyList<SampleOutcomes> PhoneCloud { get; init; } = [];

    /// <summary>The true classes of the reported samples, from 0, in the order of <see cref="Outcomes"/>.</summary>
    public required IReadOnlyList<int> Gold { get; init; }

    /// <summary>SHA-256 (hex) of the reported samples' names in their order: runs with another one cannot be put together.</summary>
    public required string SamplesHash { get; init; }

    /// <summary>The costs, which name the tiers and their depths.</summary>
    public CostStructure Costs => Evaluation.Costs;
}
