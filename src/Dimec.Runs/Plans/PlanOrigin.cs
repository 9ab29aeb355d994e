using Dimec.Files;
using Dimec.Planning;
using Dimec.Runs.Records;

namespace Dimec.Runs.Plans;

/// <summary>Which of the files that a plan was made from a run holds as they were.</summary>
/// <param name="Changed">Names of files that the run holds with other content.</param>
/// <param name="Absent">Names of files that the run does not hold, so that nothing can be said of them.</param>
/// <param name="IsNamed">Whether the plan names any file of a run; a plan of another maker need not.</param>
public sealed record PlanOrigin(IReadOnlyList<string> Changed, IReadOnlyList<string> Absent, bool IsNamed)
{
    /// <summary>
    /// Compares; samples from elsewhere, on which a promise was tested, are no run's.
    /// A plan that was made on a bundle's exits names predictions that are not the trained model's: of it, what else it was made
    /// from is compared, with the files of the model that the bundle was exported from.
    /// </summary>
    public static PlanOrigin Of(Plan plan, RunFolder run)
    {
        var (changed, absent) = (new List<string>(), new List<string>());
        var isOfAnother = plan.Exits is not null && ExitsRecord.Of(run)?.Exits != plan.Exits;
        foreach (var (name, hash) in plan.MadeFrom.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (!run.IsPlannedFrom(name) || (isOfAnother && run.IsAnswer(name)))
                continue;
            if (!IsInside(name) || !File.Exists(Path.Combine(run.Path, name)))
                absent.Add(name);
            else if (!hash.Equals(FileHash.Of(Path.Combine(run.Path, name)), StringComparison.OrdinalIgnoreCase))
                changed.Add(name);
        }

        return new PlanOrigin(changed, absent, plan.MadeFrom.Keys.Any(run.IsPlannedFrom));
    }

    /// <summary>A plan may come from anybody: what it names outside the run is not read.</summary>
    private static bool IsInside(string name) => !Path.IsPathRooted(name) && !name.Split('/', '\\').Contains("..");
}
