using Dimec.Evaluation.CrossFitting;
using Dimec.Policies;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>Both ways of choosing side by side: on a split of train, and on one half of the reported part for the other.</summary>
internal static class ProtocolsTable
{
    public static ReportTable Of(StudyDepths depths)
    {
        var seeds = depths.Seeds;
        var fitted = depths.Runs[0].CrossFit;
        var stacked = seeds.Policies.Any(row => row.StackedDrop is not null);
        string[] drops = [$"#Drop|to {seeds.Costs.Tiers[^1].Name}", .. stacked ? ["#Drop|to stacked"] : (string[])[]];
        var means = StudyNames.Seeds(seeds.Seeds);
        return new ReportTable(
            TableCaptions.FormatProtocols(
                part: seeds.Part, n: Formatting.Count(seeds.Samples),
                seeds: seeds.Seeds > 1 ? TableCaptions.FormatSpreadOfSeeds(seeds: means) : means,
                halvings: Formatting.Count(fitted.Halvings)),
            TableKind.Sortable,
            [
                "Policy",
                "#Saved|calibrated",
                .. drops,
                "#Saved|cross-fitted",
                .. drops,
                "#Kept|of plans",
            ],
            [.. seeds.Policies.Select(row => row.Policy).Select(policy => Row(depths, policy, stacked))]);
    }

    private static Cell[] Row(StudyDepths depths, string policy, bool stacked)
    {
        var row = depths.Seeds.Policies.First(other => other.Policy == policy);
        CrossFitRow[] fitted = [.. depths.Runs.Select(run => run.CrossFit.Policies.FirstOrDefault(other => other.Name == policy))
            .OfType<CrossFitRow>()];
        var isCloud = policy == depths.Seeds.Costs.Tiers[^1].Name;
        return
        [
            new Cell(StudyNames.Policy(policy, depths.Seeds.Costs)) { RowClass = policy == StudyVerdict.Paper ? "chosen" : "row" },
            SeedCells.Mean(row.ReductionBySeed, value => Formatting.Percent(value)),
            isCloud ? new Cell("–", 0)
                : row.DropBySeed.Count > 1 ? SeedCells.Mean(row.DropBySeed, Formatting.Points)
                : SeedCells.Points(row.Drop),
            .. stacked ? [StackedDrop(depths, row)] : (Cell[])[],
            SeedCells.Mean(fitted.Select(one => one.Reduction), value => Formatting.Percent(value)),
            isCloud ? new Cell("–", 0) : fitted is [var only] ? new Cell(Formatting.Points(only.Drop), only.Drop)
            {
                Second = Formatting.Interval(only.DropInterval.Lower, only.DropInterval.Upper),
            } : SeedCells.Mean(fitted.Select(one => one.Drop), Formatting.Points),
            .. stacked ? [StackedDrop(policy, fitted)] : (Cell[])[],
            SeedCells.Mean(fitted.Select(one => one.Planned), value => Formatting.Percent(value, 0)),
        ];
    }

    private static Cell StackedDrop(StudyDepths depths, SeedsRow row) => (row.Policy, row.StackedDrop) switch
    {
        (PolicyList.StackedCloud, _) or (_, null) => new Cell("–", 0),
        (_, { } drop) when depths.Runs.Count == 1 => SeedCells.Points(drop),
        // A seed without a plan counts as the cloud.
        _ => SeedCells.Mean(
            depths.Runs.Select(run => (run.Evaluation.Policies.FirstOrDefault(other => other.Name == row.Policy)
                ?? run.Evaluation.Policies.First(other => other.Name == depths.Seeds.Costs.Tiers[^1].Name)).StackedDrop ?? double.NaN),
            Formatting.Points),
    };

    private static Cell StackedDrop(string policy, CrossFitRow[] fitted) => fitted switch
    {
        _ when policy == PolicyList.StackedCloud => new Cell("–", 0),
        [{ StackedDrop: { } drop, StackedDropInterval: { } interval }] =>
            new Cell(Formatting.Points(drop), drop) { Second = Formatting.Interval(interval.Lower, interval.Upper) },
        _ => SeedCells.Mean(fitted.Select(one => one.StackedDrop ?? double.NaN), Formatting.Points),
    };
}
