using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;
using Dimec.Studies.Measures;

namespace Dimec.Reporting.Studies;

/// <summary>What the bandits regret by the end of the reported part.</summary>
internal static class RegretTable
{
    public static ReportTable Of(StudyDepths depths)
    {
        var seeds = depths.Seeds;
        var first = depths.Runs.SelectMany(run => run.Regrets).First();
        return new ReportTable(
            TableCaptions.FormatRegret(
                n: Formatting.Count(first.Samples[^1]), part: seeds.Part, orders: first.Orders, seeds: StudyNames.Seeds(seeds.Seeds)),
            TableKind.Plain,
            ["Policy", $"#Regret{(seeds.Seeds > 1 ? "|seeds" : "")}", "#A sample"],
            [.. RegretCurves.Policies(depths).Select(policy => Row(depths, policy))]);
    }

    private static Cell[] Row(StudyDepths depths, string policy)
    {
        RegretCurve[] curves = [.. depths.Runs.SelectMany(run => run.Regrets).Where(curve => curve.Policy == policy)];
        return
        [
            new Cell(policy), SeedCells.Mean(curves.Select(curve => curve.Regret[^1]), SeedCells.Number(1)),
            SeedCells.Mean(curves.Select(curve => curve.Regret[^1] / curve.Samples[^1]), SeedCells.Number(3)) with { Second = null },
        ];
    }
}
