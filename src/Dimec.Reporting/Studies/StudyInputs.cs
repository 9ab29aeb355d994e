namespace Dimec.Reporting;

/// <summary>All that a study's report shows: many trainings, tasks by seeds, each at one or more sets of tier depths.</summary>
public sealed record StudyInputs
{
    /// <summary>The report's heading.</summary>
    public required string Title { get; init; }

    /// <summary>The tasks, in the order of the tables; at least one.</summary>
    public required IReadOnlyList<StudyTask> Tasks { get; init; }

    /// <summary>The drop that plans were allowed on the selection part, a fraction: 0.005 is half a point.</summary>
    public required double MaxDrop { get; init; }

    /// <summary>How the study was made.</summary>
    public required Provenance Provenance { get; init; }
}
