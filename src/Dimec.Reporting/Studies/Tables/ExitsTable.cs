using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;
using Dimec.Studies.Measures;

namespace Dimec.Reporting.Studies;

/// <summary>What every exit reaches alone, and how far its confidences can be believed before and after the temperature.</summary>
internal static class ExitsTable
{
    public static ReportTable Of(StudyDepths depths)
    {
        var seeds = depths.Seeds;
        var second = seeds.Seeds > 1 ? "|seeds" : "";
        var metrics = MetricCells.Names(depths.Runs[0].Exits[0].Metrics);
        var stacked = depths.Runs.Any(run => run.Exits.Any(exit => exit.Calibration.Stacked is not null));
        var means = StudyNames.Seeds(seeds.Seeds);
        return new ReportTable(
            TableCaptions.FormatExits(
                part: seeds.Part, n: Formatting.Count(seeds.Samples),
                seeds: seeds.Seeds > 1 ? TableCaptions.FormatSpreadOfSeeds(seeds: means) : means + TableCaptions.SpreadOfOneSeed),
            TableKind.Sortable,
            [
                "Exit|tier",
                $"#Accuracy|{(seeds.Seeds > 1 ? "seeds" : "[95 %]")}",
                .. metrics.Select(metric => $"#{MetricNames.Of(metric)}{second}"),
                $"#ECE before{second}",
                $"#ECE after{second}",
                $"#Temperature{second}",
                .. stacked ? [$"#Accuracy with exit 0{second}", $"#ECE with exit 0{second}"] : (string[])[],
            ],
            [.. depths.Runs[0].Exits.Select(exit => Row(depths, exit.Exit, metrics, stacked))]);
    }

    private static Cell[] Row(StudyDepths depths, int exit, IReadOnlyList<string> metrics, bool stacked)
    {
        ExitMeasure[] measures = [.. depths.Runs.Select(run => run.Exits.FirstOrDefault(other => other.Exit == exit))
            .OfType<ExitMeasure>()];
        return
        [
            new Cell($"layer {exit}", exit) { Second = depths.Seeds.Costs.Tiers.FirstOrDefault(tier => tier.Depth == exit)?.Name },
            measures is [var only]
                ? new Cell(Formatting.Percent(only.Accuracy), only.Accuracy)
                {
                    Second = Formatting.Interval(only.AccuracyInterval.Lower, only.AccuracyInterval.Upper),
                }
                : SeedCells.Mean(measures.Select(measure => measure.Accuracy), value => Formatting.Percent(value)),
            .. metrics.Select(metric =>
                SeedCells.Mean(measures.Select(measure => measure.Metrics.GetValueOrDefault(metric, double.NaN)), SeedCells.Number(3))),
            SeedCells.Mean(measures.Select(measure => measure.Calibration.Before.Error), SeedCells.Number(3)),
            SeedCells.Mean(measures.Select(measure => measure.Calibration.After.Error), SeedCells.Number(3)),
            SeedCells.Mean(measures.Select(measure => measure.Calibration.Temperature), SeedCells.Number(2)),
            .. stacked
                ?
                [
                    SeedCells.Mean(
                        measures.Select(measure => measure.Calibration.StackedAccuracy ?? double.NaN), value => Formatting.Percent(value)),
                    SeedCells.Mean(
                        measures.Select(measure => measure.Calibration.Stacked?.Error ?? double.NaN), SeedCells.Number(3)),
                ]
                : (Cell[])[],
        ];
    }
}
