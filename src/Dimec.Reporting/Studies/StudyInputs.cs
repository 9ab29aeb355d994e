using Dimec.Reporting.Studies;
using Dimec.Studies;
using Dimec.Studies.Promises;
using Dimec.Studies.Results;
using Dimec.Studies.Settings;

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

    /// <summary>Promises redrawn on made exits; null where they were not.</summary>
    public PromiseRedraws? MadePromises { get; init; }

    /// <summary>How the study was made.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Gathers what the report of a study shows from its results and its runs' folders.</summary>
    /// <param name="settings">What is studied.</param>
    /// <param name="folder">The study's folder.</param>
    /// <param name="results">Its results; those that are not there yet are worked out.</param>
    /// <param name="command">The command that makes the study again.</param>
    /// <exception cref="InputException">A file of a run is absent or malformed.</exception>
    public static StudyInputs Of(StudySettings settings, StudyFolder folder, StudyResults results, string command)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(results);
        return new StudyGathering(settings, folder, results, command).Inputs();
    }
}
