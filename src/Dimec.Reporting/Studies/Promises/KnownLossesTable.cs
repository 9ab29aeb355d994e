using Dimec.Planning.Promises.Procedures;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;
using Dimec.Studies.Promises;

namespace Dimec.Reporting.Studies;

/// <summary>How often a plan is found where the losses of all plans are known, a loss, a procedure and a bound a row.</summary>
internal static class KnownLossesTable
{
    public static ReportTable Of(PromiseRedraws redraws)
    {
        var counts = redraws.Known.Select(chain => chain.Plans).Distinct().ToArray();
        return new ReportTable(
            TableCaptions.FormatKnownLosses(
                draws: Formatting.Count(redraws.Draws), n: Formatting.Count(redraws.Samples[0]),
                maxDrop: Formatting.Points(redraws.MaxDrop), least: Formatting.Percent(redraws.Known.Min(chain => chain.LeastLoss))),
            TableKind.Sortable,
            ["Procedure|counted, bound", .. counts.SelectMany(Headings)],
            [
                .. redraws.Known.GroupBy(chain => chain.Loss).SelectMany(chains => chains.First().Counts, (chains, way) => (Cell[])
                [
                    new Cell(way.Procedure)
                    {
                        Second = $"{chains.Key}, {way.Bound}",
                        RowClass = way.Procedure == PromiseProcedures.All[0].Name && way.Bound == chains.First().Bound ? "chosen" : "row",
                    },
                    .. chains.SelectMany(chain => Cells(chain.Counts.First(count =>
                        (count.Procedure, count.Bound) == (way.Procedure, way.Bound)))),
                ]),
            ]);
    }

    private static string[] Headings(int plans)
    {
        var of = plans == 1 ? "1 plan" : $"{Formatting.Count(plans)} plans";
        return [$"#Found|{of}", $"#Broken|{of}"];
    }

    private static Cell[] Cells(RedrawCount count) =>
        [new Cell(Formatting.Percent(count.Found / (double)count.Draws), count.Found), RedrawCells.Broken(count)];
}
