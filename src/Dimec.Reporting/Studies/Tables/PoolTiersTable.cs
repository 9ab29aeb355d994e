using Dimec.Evaluation;
using Dimec.Evaluation.Pools;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;

namespace Dimec.Reporting.Studies;

/// <summary>What every tier gets right of the samples that are routed to each pool.</summary>
internal static class PoolTiersTable
{
    public static ReportTable Of(StudyDepths depths)
    {
        var first = depths.PoolTiers[0];
        var several = depths.PoolTiers.Count > 1;
        return new ReportTable(
            TableCaptions.FormatPoolTiers(
                part: first.Part, n: Formatting.Count(first.N), seeds: StudyNames.Seeds(depths.PoolTiers.Count),
                spread: several ? TableCaptions.SpreadOfSeedsBelow : TableCaptions.SpreadOfOneSeed),
            TableKind.Sortable,
            [
                "Pool of",
                "#Training|μ, σ",
                "#Routed",
                .. first.Trends.Select(trend => $"#{trend.Tier} right|{(several ? "seeds" : "[95 %]")}"),
            ],
            [.. first.Pools.Select((_, place) => Row(depths, place))]);
    }

    private static Cell[] Row(StudyDepths depths, int place)
    {
        PoolRow[] rows = [.. depths.PoolTiers.Select(seed => seed.Pools[place])];
        var (confidence, variability) = (
            SeedCells.Mean(rows.Select(row => row.Confidence ?? double.NaN), SeedCells.Number(2)),
            SeedCells.Mean(rows.Select(row => row.Variability ?? double.NaN), SeedCells.Number(2)));
        return
        [
            new Cell(rows[0].Tier),
            SeedCells.Mean(rows.Select(row => (double)row.Training), SeedCells.Number(0)) with
            {
                Second = $"{confidence.Text}, {variability.Text}",
            },
            SeedCells.Mean(rows.Select(row => (double)row.Routed), SeedCells.Number(0)),
            .. rows[0].Accuracies.Select((_, tier) => Accuracy([.. rows.Select(row => row.Accuracies[tier].Accuracy)])),
        ];
    }

    private static Cell Accuracy(Estimate?[] seeds) => seeds is [{ } only]
        ? new Cell(Formatting.Percent(only.Value), only.Value) { Second = Formatting.Interval(only.Interval.Lower, only.Interval.Upper) }
        : SeedCells.Mean(seeds.OfType<Estimate>().Select(accuracy => accuracy.Value), value => Formatting.Percent(value));
}
