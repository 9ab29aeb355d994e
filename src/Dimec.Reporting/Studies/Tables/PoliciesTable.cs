using Dimec.Evaluation;
using Dimec.Planning.Gains;
using Dimec.Policies;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>Every policy over the seeds at one set of depths, and beside it what it saves where offloading costs nothing.</summary>
internal static class PoliciesTable
{
    public static ReportTable Of(StudyDepths depths)
    {
        var seeds = depths.Seeds;
        var metrics = MetricCells.Names(seeds.Policies[0].Metrics);
        var (stacked, phone) = (seeds.Policies.Any(row => row.StackedDrop is not null), depths.HasExitZero);
        var free = depths.Runs.All(run => run.WithoutOffload is not null);
        return new ReportTable(
            TableCaptions.FormatPolicies(
                part: seeds.Part, n: Formatting.Count(seeds.Samples), seeds: StudyNames.Seeds(seeds.Seeds),
                resampled: StudyNames.Resampled(seeds.Seeds), maxDrop: Formatting.Points(seeds.MaxDrop)),
            TableKind.Sortable,
            [
                "Policy|planned", "#Saved|[95 %]", $"#Drop, points|to {seeds.Costs.Tiers[^1].Name}",
                .. stacked ? ["#Drop, points|to stacked"] : (string[])[], "#Beyond|[95 %], tier",
                .. phone ? ["#Beyond phone → cloud|[95 %]"] : (string[])[], "Tier shares", "#Accuracy|[95 %]",
                .. MetricCells.Heading(metrics), .. free ? ["#At o = 0|saved, drop"] : (string[])[],
            ],
            [.. seeds.Policies.Select(row => Row(depths, row, metrics, stacked, free))]);
    }

    private static Cell[] Row(StudyDepths depths, SeedsRow row, IReadOnlyList<string> metrics, bool stacked, bool free)
    {
        var (seeds, costs) = (depths.Seeds, depths.Seeds.Costs);
        var degenerate = PolicyList.Default.KindOf(row.Policy, costs) == PolicyKind.SingleTier
            ? null
            : RoutingGain.DegenerateIn(row.Places);
        string?[] second =
        [
            row.Planned == seeds.Seeds ? null : $"{row.Planned} of {seeds.Seeds} seeds",
            degenerate is null ? null : $"degenerate: {degenerate}",
        ];
        var isCloud = row.Policy == costs.Tiers[^1].Name;
        return
        [
            new Cell(StudyNames.Policy(row.Policy, costs))
            {
                RowClass = row.Policy == StudyVerdict.Paper ? "chosen" : "row",
                Second = second.OfType<string>().ToArray() is { Length: > 0 } notes ? string.Join(", ", notes) : null,
            },
            SeedCells.Percent(row.Reduction),
            isCloud ? new Cell("–", 0) : SeedCells.Points(row.Drop),
            .. stacked ? [StackedDrop(row)] : (Cell[])[],
            isCloud ? new Cell("–", 0) : new Cell($"{Formatting.SignedPoints(row.Beyond.Mean)} %", row.Beyond.Mean)
            {
                Second = $"{Formatting.Interval(row.Beyond.Interval.Lower, row.Beyond.Interval.Upper)} {row.BestSingle}",
            },
            .. depths.HasExitZero ? [BeyondPhoneCloud(row)] : (Cell[])[],
            ShareBar.Cell(row.Places, costs, depths.HasExitZero),
            SeedCells.Percent(row.Accuracy),
            .. MetricCells.Of(row.Metrics, metrics),
            .. free ? [Free(depths, row.Policy)] : (Cell[])[],
        ];
    }

    private static Cell StackedDrop(SeedsRow row) =>
        row.StackedDrop is { } drop && row.Policy != PolicyList.StackedCloud ? SeedCells.Points(drop) : new Cell("–", 0);

    private static Cell BeyondPhoneCloud(SeedsRow row) => row.BeyondPhoneCloud is { } beyond
        ? SeedCells.Percent(beyond) with { Text = $"{Formatting.SignedPoints(beyond.Mean)} %" }
        : new Cell("–", 0);

    /// <summary>The means over the seeds without offloading costs; a seed without a plan counts as the cloud there too.</summary>
    private static Cell Free(StudyDepths depths, string policy)
    {
        PolicyEvaluation?[] rows = [.. depths.Runs.Select(run => run.WithoutOffload!.Policies.FirstOrDefault(row => row.Name == policy))];
        if (rows.All(row => row is null))
            return SeedCells.None;
        var saved = rows.Average(row => row?.Reduction ?? 0);
        return new Cell(Formatting.Percent(saved), saved) { Second = Formatting.Points(rows.Average(row => row?.Drop ?? 0)) };
    }
}
