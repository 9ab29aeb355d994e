using Dimec.Costs;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies.Fitting;

/// <summary>Everything that fitting a policy may look at. The reported part is not among it, and cannot be put there.</summary>
public sealed record PolicyFitting
{
    /// <summary>Puts the inputs together and checks that they fit each other.</summary>
    /// <param name="selection">The part that choices are made on.</param>
    /// <param name="costs">The costs; every tier's depth must be an exit that was recorded.</param>
    /// <param name="options">The open choices and grids.</param>
    /// <param name="training">The training samples' metrics and embeddings, or null where there are none.</param>
    /// <exception cref="InputException">An option is out of range, a tier's depth has no recorded exit,
    /// or the map does not fit the tiers or the options; all together.</exception>
    public PolicyFitting(SelectionPart selection, CostStructure costs, FittingOptions options, PoolSamples? training = null)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(options);
        var errors = new InputErrors();
        options.Validate(errors);
        var exits = TierExits.Find(costs, selection.Exits, errors);
        if (training?.Samples.Origin is { IsOwn: true } origin)
            CheckOwn(origin, costs, options, errors);
        errors.ThrowIfAny();
        (Selection, Costs, Options, Exits, Training) = (selection.Exits, costs, options, exits, training);
        Wanted = Selection.Gold;
    }

    /// <summary>The selection part's recorded exits.</summary>
    public RecordedExits Selection { get; }

    /// <summary>The costs.</summary>
    public CostStructure Costs { get; }

    /// <summary>The open choices and grids.</summary>
    public FittingOptions Options { get; }

    /// <summary>The training samples' metrics and embeddings, or null where there are none.</summary>
    public PoolSamples? Training { get; }

    /// <summary>The training samples as the finished model's exits see them, or null where they were not recorded.</summary>
    public TrainPart? TrainExits { get; init; }

    /// <summary>The selection samples on the map, needed only where they are routed by membership.</summary>
    public PoolMetrics? SelectionMetrics { get; init; }

    /// <summary>
    /// By tier, the shares of the plan that a policy repeats, see <see cref="IPolicyFitter.RepeatsSharesOf"/>;
    /// null where there is no such plan.
    /// </summary>
    public IReadOnlyDictionary<string, double>? RepeatedShares { get; init; }

    /// <summary>
    /// By sample, the answer that a search counts as right, a class from 0: the true one, or the reference's where it is agreement that is
    /// asked for. Searches of ladders and hybrids count by it; what is fitted on truth (stacks, temperatures) stays on truth.
    /// </summary>
    public IReadOnlyList<int> Wanted { get; init; }

    /// <summary>
    /// Over how many levels of cost ladders are spread by the modelled risk of another answer than <see cref="Wanted"/>, for promises; 0,
    /// the default, for the search that <see cref="FittingOptions.Thresholds"/> names.
    /// </summary>
    public int CostLevels { get; init; }

    /// <summary>
    /// Whether the last stop of ladders of families (<see cref="ThresholdSearch.Families"/>) is the stacked cloud, where exit 0 was
    /// recorded; else it is the cloud. Default: true.
    /// </summary>
    public bool EndsStacked { get; init; } = true;

    /// <summary>What earlier fits of the same parts have worked out, shared by fittings for several cost structures.</summary>
    public FittingMemory Memory { get; init; } = new();

    /// <summary>For each tier, the place of its exit among the recorded exits.</summary>
    internal IReadOnlyList<int> Exits { get; }

    private static void CheckOwn(MetricsOrigin origin, CostStructure costs, FittingOptions options, InputErrors errors)
    {
        int[] depths = [.. costs.Tiers.SkipLast(1).Select(tier => tier.Depth)];
        if (!origin.Exits.SequenceEqual(depths))
        {
            errors.Add(
                "training metrics",
                $"are of the exits {string.Join(", ", origin.Exits)} where the tiers but the last have {string.Join(", ", depths)}",
                "map each of these tiers' own exit");
        }

        if (costs.Tiers.Count > OwnExitsGrid.MostTiers)
        {
            errors.Add(
                "costs tiers", $"are {costs.Tiers.Count}, where the search by each tier's own exit can have {OwnExitsGrid.MostTiers}",
                "use one exit for all tiers, or fewer tiers");
        }

        if (options.Hard != HardRule.LowConfidence)
        {
            errors.Add(
                OptionNames.Of<FittingOptions>(nameof(FittingOptions.Hard)),
                $"is {ChoiceNames.Of(options.Hard)}, which has no meaning where "
                + "each tier's own exit judges: the last tier takes what no other took",
                $"use {ChoiceNames.Of(HardRule.LowConfidence)}, or one exit for all tiers");
        }
    }
}
