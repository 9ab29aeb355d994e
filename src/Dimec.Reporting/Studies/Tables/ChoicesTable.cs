using Dimec.Evaluation;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;
using Dimec.Studies.Ablations;

namespace Dimec.Reporting.Studies;

/// <summary>What every open choice of planning is worth: one choice changed at a time, all others as in the default.</summary>
internal static class ChoicesTable
{
    public static ReportTable Of(AblationTable table) => new(
        TableCaptions.FormatChoices(
            paper: StudyVerdict.Paper, part: table.Part, n: Formatting.Count(table.N), seeds: StudyNames.Seeds(table.Seeds),
            maxDrop: Formatting.Points(table.MaxDrop)),
        TableKind.Sortable,
        [
            "Choice|planned", "#Saved", "#Saves more|[95 %]", $"#Drop, points|to {table.Costs.Tiers[^1].Name}",
            "#More right|points [95 %]", "#Area|more",
        ],
        [.. table.Rows.Select(row => Row(table, row))]);

    private static Cell[] Row(AblationTable table, AblationRow row)
    {
        var policy = PlanSwitches.All.FirstOrDefault(one => one.Option == row.Switch)?.Policy;
        string?[] second =
        [
            policy is null or StudyVerdict.Paper ? null : policy,
            row.IsDefault ? "default" : null,
            row.Planned == table.Seeds ? null : $"{row.Planned} of {table.Seeds} seeds",
        ];
        var name = new Cell($"{row.Switch} {row.Choice}")
        {
            RowClass = row.IsDefault ? "chosen" : "row",
            Second = string.Join(", ", second.OfType<string>()) is { Length: > 0 } notes ? notes : null,
        };
        return row.Figures is not { } figures
            ? [name, .. Enumerable.Repeat(SeedCells.None, 5)]
            :
            [
                name, new Cell(Formatting.Percent(figures.Reduction), figures.Reduction),
                Worth(row, figures.ReductionWorth),
                new Cell(Formatting.Points(figures.Drop.Value), figures.Drop.Value)
                {
                    Second = Formatting.Interval(figures.Drop.Interval.Lower, figures.Drop.Interval.Upper),
                },
                Worth(row, figures.AccuracyWorth),
                new Cell(Formatting.Percent(figures.Area), figures.Area)
                {
                    Second = row.IsDefault ? null : Formatting.SignedPoints(figures.AreaWorth),
                },
            ];
    }

    /// <summary>The default is what all others are set against.</summary>
    private static Cell Worth(AblationRow row, Estimate worth) => row.IsDefault
        ? new Cell("–", 0)
        : new Cell(Formatting.SignedPoints(worth.Value), worth.Value)
        {
            Second = Formatting.Interval(worth.Interval.Lower, worth.Interval.Upper),
        };
}
