using Dimec.Cartography;
using Dimec.Costs;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>Everything that fitting a policy may look at. The reported part is not among it, and cannot be put there.</summary>
public sealed record PolicyFitting
{
    /// <summary>Puts the inputs together and checks that they fit each other.</summary>
    /// <param name="selection">The part that choices are made on.</param>
    /// <param name="costs">The costs; every tier's depth must be an exit that was recorded.</param>
    /// <param name="options">The open choices and grids.</param>
    /// <exception cref="InputException">An option is out of range, or a tier's depth has no recorded exit; all together.</exception>
    public PolicyFitting(SelectionPart selection, CostStructure costs, FittingOptions options)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(options);
        var errors = new InputErrors();
        options.Check(errors);
        var exits = TierExits.Find(costs, selection.Exits, errors);
        errors.ThrowIfAny();
        (Selection, Costs, Options, Exits) = (selection.Exits, costs, options, exits);
    }

    /// <summary>The selection part's recorded exits.</summary>
    public RecordedExits Selection { get; }

    /// <summary>The costs.</summary>
    public CostStructure Costs { get; }

    /// <summary>The open choices and grids.</summary>
    public FittingOptions Options { get; }

    /// <summary>The training samples' metrics and embeddings, or null where there are none.</summary>
    public TrainingMap? Training { get; init; }

    /// <summary>The selection samples' own metrics by guid, needed only where they are routed by membership.</summary>
    public IReadOnlyDictionary<string, SampleMetrics>? SelectionMetrics { get; init; }

    /// <summary>The tier shares of the method's own plan, which the random control repeats; null where there is no such plan.</summary>
    public IReadOnlyDictionary<string, double>? MethodShares { get; init; }

    /// <summary>For each tier, the place of its exit among the recorded exits.</summary>
    internal IReadOnlyList<int> Exits { get; }
}
