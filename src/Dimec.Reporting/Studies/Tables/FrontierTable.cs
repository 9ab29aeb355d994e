using Dimec.Evaluation.Routers;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;
using Dimec.Studies.Measures;

namespace Dimec.Reporting.Studies;

/// <summary>The contenders' whole sweeps in one number each, and RouteLLM's measures of them.</summary>
internal static class FrontierTable
{
    public static ReportTable Of(StudyDepths depths)
    {
        var (seeds, first, cloud) = (depths.Seeds, depths.Seeds.Costs.Tiers[0].Name, depths.Seeds.Costs.Tiers[^1].Name);
        var second = seeds.Seeds > 1 ? "|seeds" : "";
        return new ReportTable(
            TableCaptions.FormatFrontier(
                part: seeds.Part, n: Formatting.Count(seeds.Samples), seeds: StudyNames.Seeds(seeds.Seeds), first: first, cloud: cloud),
            TableKind.Sortable,
            ["Policy", $"#Area{second}", $"#CPT 20 %{second}", $"#CPT 50 %{second}", $"#CPT 80 %{second}", $"#APGR{second}"],
            [.. depths.Runs
                .SelectMany(run => run.Frontiers)
                .Select(frontier => frontier.Policy)
                .Distinct()
                .Select(policy => Row(depths, policy))]);
    }

    private static Cell[] Row(StudyDepths depths, string policy)
    {
        MeasuredFrontier[] frontiers = [.. depths.Runs.Select(run => run.Frontiers.FirstOrDefault(frontier => frontier.Policy == policy))
            .OfType<MeasuredFrontier>()];
        return
        [
            new Cell(StudyNames.Policy(policy, depths.Seeds.Costs)) { RowClass = policy == StudyVerdict.Paper ? "chosen" : "row" },
            SeedCells.Mean(frontiers.Select(frontier => frontier.Area), value => Formatting.Percent(value)),
            Calls(frontiers, calls => calls.Cpt20, depths.Runs.Count),
            Calls(frontiers, calls => calls.Cpt50, depths.Runs.Count),
            Calls(frontiers, calls => calls.Cpt80, depths.Runs.Count),
            SeedCells.Mean(frontiers.Select(frontier => frontier.CallPerformance?.Apgr ?? double.NaN), SeedCells.Number(3)),
        ];
    }

    private static Cell Calls(MeasuredFrontier[] frontiers, Func<CallPerformance, double?> read, int seeds)
    {
        double[] known = [.. frontiers.Select(frontier => frontier.CallPerformance is { } calls ? read(calls) : null).OfType<double>()];
        var cell = SeedCells.Mean(known, value => Formatting.Percent(value, 0));
        return known.Length > 0 && known.Length < seeds ? cell with { Second = $"{known.Length} of {seeds} seeds" } : cell;
    }
}
