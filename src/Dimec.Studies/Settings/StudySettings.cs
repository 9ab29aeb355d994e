using Dimec.Costs;
using Dimec.Runs.Plans;

namespace Dimec.Studies.Settings;

/// <summary>Everything that decides what a study finds, but for how its trainer trains.</summary>
public sealed record StudySettings
{
    /// <summary>The study's folder.</summary>
    public required string Out { get; init; }

    /// <summary>The tasks.</summary>
    public required IReadOnlyList<TaskSpec> Tasks { get; init; }

    /// <summary>The seeds, each of a split and a training.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>Depths of the tiers, a cost structure each.</summary>
    public required IReadOnlyList<CostStructure> Structures { get; init; }

    /// <summary>The layers that get an exit, ascending.</summary>
    public required IReadOnlyList<int> Exits { get; init; }

    /// <summary>What the encoder is called.</summary>
    public required string Backbone { get; init; }

    /// <summary>Passes over the training samples.</summary>
    public required int Epochs { get; init; }

    /// <summary>The open choices and the drop that plans are allowed.</summary>
    public required PlanChoices Choices { get; init; }

    /// <summary>Halvings of the reported part in the cross-fitted protocol.</summary>
    public required int Halvings { get; init; }

    /// <summary>Values on each axis of the sweep over cost structures; 0 for no sweep.</summary>
    public required int SweepSteps { get; init; }

    /// <summary>Which open choices are measured, at the first structure; null for none.</summary>
    public required AblationScope? Ablation { get; init; }

    /// <summary>How often promises are redrawn, at the first structure; 0 for not at all.</summary>
    public required int PromiseDraws { get; init; }

    /// <summary>The other ways to train that are looked at, with the first seed.</summary>
    public IReadOnlyList<TrainingVariant> Variants => Ablation == AblationScope.All ? TrainingVariant.All : [];

    /// <summary>How a structure's folder is called: its depths.</summary>
    /// <param name="structure">The structure.</param>
    public static string NameOf(CostStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        return string.Join('-', structure.Tiers.Select(tier => tier.Depth));
    }
}
