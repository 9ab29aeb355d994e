using Dimec.Studies.Ablations;

namespace Dimec.Reporting;

/// <summary>One task of a study, over its seeds.</summary>
public sealed record StudyTask
{
    /// <summary>The task as tables name it, e.g. <c>rte</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What a sample is and what its label says, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The disjoint parts and how many samples each has, of the first seed.</summary>
    public required IReadOnlyList<PartSummary> Parts { get; init; }

    /// <summary>The seeds of the trainings, in the order of <see cref="StudyDepths.Runs"/>; at least one.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>The sets of tier depths; at least one. The same trainings are measured at each.</summary>
    public required IReadOnlyList<StudyDepths> Depths { get; init; }

    /// <summary>What other ways to train come to, with the first seed; empty where that was not measured.</summary>
    public IReadOnlyList<TrainingChange> Changes { get; init; } = [];

    /// <summary>The data map of the first seed, with the pools of its plan; null where there is none.</summary>
    public DataMapInputs? DataMap { get; init; }

    /// <summary>What the trainings warned of, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
