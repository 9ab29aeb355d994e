using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Planning;

/// <summary>What a plan is made from. The reported part has no place here.</summary>
public sealed record PlanRequest
{
    /// <summary>The part that choices are made on.</summary>
    public required SelectionPart Selection { get; init; }

    /// <summary>The costs to plan for.</summary>
    public required CostStructure Costs { get; init; }

    /// <summary>The policies that are planned. Default: those of this library.</summary>
    public FitterList Policies { get; init; } = FitterList.Default;

    /// <summary>
    /// The training samples' metrics and embeddings; without them the policies that are fitted on them cannot be planned.
    /// </summary>
    public PoolSamples? Training { get; init; }

    /// <summary>
    /// The training samples as the finished model's exits see them; without them the policies that are built on that cannot be planned.
    /// </summary>
    public TrainPart? TrainExits { get; init; }

    /// <summary>The selection samples on the map, needed only where the search routes them by membership.</summary>
    public PoolMetrics? SelectionMetrics { get; init; }

    /// <summary>A plan that stands as it is for its policy, which is then not planned again; null where every policy is planned.</summary>
    public Plan? Given { get; init; }

    /// <summary>The open choices and the drop that is allowed.</summary>
    public PlanningOptions Options { get; init; } = new();

    /// <summary>What earlier planning of the same parts has worked out: a request <c>with</c> other costs shares it.</summary>
    public FittingMemory Memory { get; init; } = new();

    /// <summary>SHA-256 (hex) of every file that went in, by name; it is kept in the plan.</summary>
    public IReadOnlyDictionary<string, string> MadeFrom { get; init; } = new Dictionary<string, string>();

    /// <summary>The bundle whose exits the parts hold; null where they are the trained model's.</summary>
    public ExportedExits? Exits { get; init; }

    /// <summary>What fitting a policy may look at of it.</summary>
    /// <exception cref="InputException">As for the fitting's own checks.</exception>
    internal PolicyFitting Fitting() => new(Selection, Costs, Options, Training)
    {
        TrainExits = TrainExits,
        SelectionMetrics = SelectionMetrics,
        Memory = Memory,
    };

    /// <summary>
    /// The same with offloading for nothing (o = 0), to be planned anew: how much of a saving hangs on what a network costs. A given plan
    /// was made for other costs and is none of it.
    /// </summary>
    /// <returns>The request; null where nothing is offloaded at a cost, or where without that the cloud would cost too
    /// little to measure by.</returns>
    public PlanRequest? WithoutOffload() => Costs.Tiers.Any(tier => tier.Offload > 0) && Costs.WithoutOffload() is { } free
        ? this with { Costs = free, Given = null }
        : null;
}
