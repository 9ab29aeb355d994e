using Dimec.Evaluation;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;
using Dimec.Studies.Ablations;

namespace Dimec.Reporting.Studies;

/// <summary>Other ways to train, exit by exit beside the study's own.</summary>
internal static class TrainingTable
{
    public static ReportTable Of(IReadOnlyList<TrainingChange> changes)
    {
        var first = changes[0].Comparison;
        return new ReportTable(
            TableCaptions.FormatTraining(part: first.Part, n: Formatting.Count(first.N), seeds: StudyNames.Seeds(first.Seeds)),
            TableKind.Sortable,
            ["Training", "#Exit", "#Own", "#Other", "#Change|[95 %]", "#Gap to the last exit|[95 %]", "#Gap closed|[95 %]"],
            [.. changes.SelectMany(change => change.Comparison.Exits.Select(exit => Row(change.Choice, exit)))]);
    }

    private static Cell[] Row(string choice, ExitChange exit) =>
    [
        new Cell(choice),
        Cell.Of(exit.Exit),
        new Cell(Formatting.Percent(exit.Base), exit.Base),
        new Cell(Formatting.Percent(exit.Other), exit.Other),
        Points(exit.Change),
        exit.Gap is { } gap ? Points(gap) : new Cell("–", double.NegativeInfinity),
        exit.Closed is { } closed
            ? new Cell(Formatting.Percent(closed.Value), closed.Value)
            {
                Second = Formatting.Interval(closed.Interval.Lower, closed.Interval.Upper),
            }
            : new Cell("–", double.NegativeInfinity),
    ];

    private static Cell Points(Estimate points) =>
        new(Formatting.Points(points.Value), points.Value) { Second = Formatting.Interval(points.Interval.Lower, points.Interval.Upper) };
}
