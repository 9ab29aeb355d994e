using Dimec.Costs;
using Dimec.Policies;

namespace Dimec.Reporting.Studies;

/// <summary>How a study names what it compares.</summary>
internal static class StudyNames
{
    /// <summary>A policy as a table names it.</summary>
    public static string Policy(string name, CostStructure costs) => PolicyList.Default.KindOf(name, costs) switch
    {
        PolicyKind.SingleTier => $"{name} only",
        PolicyKind.Bound => $"{name} (upper bound)",
        PolicyKind.Control => $"{name} (control)",
        _ => name,
    };

    /// <summary>The tiers by their layers: <c>layers 2, 4, 6</c>.</summary>
    public static string Depths(CostStructure costs) => $"layers {string.Join(", ", costs.Tiers.Select(tier => tier.Depth))}";

    /// <summary>How many seeds: <c>1 seed</c>, <c>3 seeds</c>.</summary>
    public static string Seeds(int count) => count == 1 ? "1 seed" : $"{Formatting.Count(count)} seeds";

    /// <summary>A task's place on the page, or that of one of its sets of depths.</summary>
    public static string Id(int task, int? depths = null) => depths is null ? $"task-{task}" : $"task-{task}-depths-{depths}";

    /// <summary>The name of a plot's data: the task's place and name, the depths, the plot.</summary>
    public static string File(int task, string name, CostStructure? costs, string plot)
    {
        var safe = string.Concat(name.Select(sign => char.IsAsciiLetterOrDigit(sign) ? char.ToLowerInvariant(sign) : '-'));
        var depths = costs is null ? "" : "-" + string.Join('-', costs.Tiers.Select(tier => tier.Depth));
        return $"{task}-{safe}{depths}-{plot}.csv";
    }

    /// <summary>What an interval resamples.</summary>
    public static string Resampled(int seeds) => seeds == 1 ? StudySentences.ResampledSamples : StudySentences.ResampledSeeds;
}
