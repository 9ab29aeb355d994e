using Dimec.Evaluation.Routers;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;

namespace Dimec.Reporting.Studies;

/// <summary>How well what each policy decides by tells what a tier gets right.</summary>
internal static class RoutersTable
{
    public static ReportTable Of(StudyTask task, StudyDepths depths)
    {
        var seeds = depths.Seeds;
        return new ReportTable(
            TableCaptions.FormatRouters(
                part: seeds.Part, n: Formatting.Count(seeds.Samples), seeds: StudyNames.Seeds(seeds.Seeds),
                seed: Formatting.Count(task.Seeds[0])),
            TableKind.Sortable,
            ["Policy|tier", $"#AUC{(seeds.Seeds > 1 ? "|mean, seeds" : "")}", "#First seed|[95 %]", "#Right|wrong"],
            [
                .. depths.Runs.SelectMany(run => run.Routers).Select(router => (router.Policy, router.Tier)).Distinct()
                    .OrderBy(key => seeds.Costs.IndexOf(key.Tier)).Select(key => Row(depths, key.Policy, key.Tier)),
            ]);
    }

    private static Cell[] Row(StudyDepths depths, string policy, string tier)
    {
        Auroc?[] areas = [.. depths.Runs.Select(run =>
            run.Routers.FirstOrDefault(router => router.Policy == policy && router.Tier == tier)?.Auroc)];
        var first = areas[0];
        return
        [
            new Cell(StudyNames.Policy(policy, depths.Seeds.Costs))
            {
                RowClass = policy == StudyVerdict.Paper ? "chosen" : "row",
                Second = tier,
            },
            SeedCells.Mean(areas.OfType<Auroc>().Select(area => area.Value), SeedCells.Number(3)),
            first is null ? SeedCells.None : new Cell(Formatting.Number(first.Value, 3), first.Value)
            {
                Second = $"[{Formatting.Number(first.Interval.Lower, 3)}, {Formatting.Number(first.Interval.Upper, 3)}]",
            },
            first is null ? SeedCells.None : Cell.Of(first.Positives) with { Second = Formatting.Count(first.Negatives) },
        ];
    }
}
