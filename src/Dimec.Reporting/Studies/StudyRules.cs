namespace Dimec.Reporting.Studies;

/// <summary>What a study's inputs have to be.</summary>
internal static class StudyRules
{
    public static void Check(StudyInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Tasks.Count == 0)
            throw new ArgumentException("A study needs at least one task.", nameof(inputs));
        foreach (var task in inputs.Tasks)
        {
            if (task.Depths.Count == 0 || task.Seeds.Count == 0)
                throw new ArgumentException($"The task '{task.Name}' needs at least one seed and one set of depths.", nameof(inputs));
            if (task.Depths.Any(depths => depths.Runs.Count != task.Seeds.Count
                || (depths.Sweeps.Count > 0 && depths.Sweeps.Count != task.Seeds.Count)))
            {
                throw new ArgumentException(
                    $"The task '{task.Name}' needs measures, and sweeps where there are any, one a seed.", nameof(inputs));
            }
        }
    }
}
