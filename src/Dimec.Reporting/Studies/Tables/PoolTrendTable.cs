using Dimec.Evaluation.Pools;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;

namespace Dimec.Reporting.Studies;

/// <summary>Whether a tier gets less right from the easy pool to the hard one.</summary>
internal static class PoolTrendTable
{
    public static ReportTable Of(StudyDepths depths)
    {
        var seeds = depths.PoolTiers;
        return new ReportTable(
            TableCaptions.FormatPoolTrend(seeds: StudyNames.Seeds(seeds.Count)),
            TableKind.Plain,
            [
                "Tier",
                $"#Change a pool|points{(seeds.Count > 1 ? ", seeds" : "")}",
                $"#p{(seeds.Count > 1 ? "|seeds" : "")}",
                $"#p < {Formatting.Number(ShiftWords.Level, 2)}|of {seeds.Count}",
            ],
            [.. seeds[0].Trends.Select((trend, tier) => Row([.. seeds.Select(seed => seed.Trends[tier])]))]);
    }

    private static Cell[] Row(PoolTrend[] trends) =>
    [
        new Cell(trends[0].Tier),
        SeedCells.Mean(trends.Select(trend => trend.Slope ?? double.NaN), Formatting.SignedPoints),
        // A mean of p-values is none: the smallest and the largest tell more.
        P([.. trends.Select(trend => trend.PValue).OfType<double>()]),
        Cell.Of(trends.Count(trend => trend.PValue < ShiftWords.Level)),
    ];

    private static Cell P(double[] values) => values switch
    {
        [] => SeedCells.None,
        [var only] => new Cell(Formatting.Number(only, 4), only),
        _ => new Cell(SeedCells.Range(values, SeedCells.Number(4)) ?? Formatting.Number(values[0], 4), values.Max()),
    };
}
