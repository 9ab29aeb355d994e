using Dimec.Evaluation.CrossFitting;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;

namespace Dimec.Reporting.Studies;

/// <summary>Both ways of choosing side by side: on a split of train, and on one half of the reported part for the other.</summary>
internal static class ProtocolsTable
{
    public static ReportTable Of(StudyDepths depths)
    {
        var seeds = depths.Seeds;
        var fitted = depths.Runs[0].CrossFit;
        var second = seeds.Seeds > 1 ? "seeds" : "[95 %]";
        var means = StudyNames.Seeds(seeds.Seeds);
        return new ReportTable(
            TableCaptions.FormatProtocols(
                part: seeds.Part, n: Formatting.Count(seeds.Samples),
                seeds: seeds.Seeds > 1 ? TableCaptions.FormatSpreadOfSeeds(seeds: means) : means,
                halvings: Formatting.Count(fitted.Halvings)),
            TableKind.Sortable,
            [
                "Policy",
                $"#Saved, calibrated|on a split of train",
                $"#Drop, points|{second}",
                $"#Saved, cross-fitted|on {seeds.Part}",
                $"#Drop, points|{second}",
                "#Kept|share of plans",
            ],
            [.. seeds.Policies.Select(row => row.Policy).Select(policy => Row(depths, policy))]);
    }

    private static Cell[] Row(StudyDepths depths, string policy)
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
            SeedCells.Mean(fitted.Select(one => one.Reduction), value => Formatting.Percent(value)),
            isCloud ? new Cell("–", 0) : fitted is [var only] ? new Cell(Formatting.Points(only.Drop), only.Drop)
            {
                Second = Formatting.Interval(only.DropInterval.Lower, only.DropInterval.Upper),
            } : SeedCells.Mean(fitted.Select(one => one.Drop), Formatting.Points),
            SeedCells.Mean(fitted.Select(one => one.Planned), value => Formatting.Percent(value, 0)),
        ];
    }
}
