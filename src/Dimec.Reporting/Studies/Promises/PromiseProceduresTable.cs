using Dimec.Planning.Promises.Procedures;
using Dimec.Policies;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;
using Dimec.Studies.Promises;

namespace Dimec.Reporting.Studies;

/// <summary>
/// Promises redrawn, a loss, a procedure and a bound a row: the cheapest plan of all policies, and the policy that fares worst.
/// </summary>
internal static class PromiseProceduresTable
{
    public static ReportTable Of(IReadOnlyList<PromiseRedraws> seeds)
    {
        var redrawn = new RedrawnSeeds(seeds, seed => seed.Chains);
        var places = Enumerable.Range(0, redrawn.Sizes).ToArray();
        var losses = redrawn.Keys.Select(key => key.Loss).Distinct().ToArray();
        return new ReportTable(
            TableCaptions.FormatPromiseProcedures(
                draws: Formatting.Count(seeds[0].Draws), seeds: StudyNames.Seeds(seeds.Count),
                maxDrop: Formatting.Points(seeds[0].MaxDrop), any: PolicyList.Any),
            TableKind.Sortable,
            [
                "Procedure|counted, bound", .. places.SelectMany(place => new[]
                {
                    $"#Broken|{redrawn.Size(place)}", $"#Most broken|{redrawn.Size(place)}", $"#Found, saved|{redrawn.Size(place)}",
                }),
            ],
            [
                .. losses.SelectMany(loss => redrawn.Ways(loss), (loss, way) => Row(redrawn, loss, way.Procedure, way.Bound, places)),
            ]);
    }

    private static Cell[] Row(RedrawnSeeds redrawn, string loss, string procedure, string bound, int[] places) =>
    [
        new Cell(procedure)
        {
            Second = $"{loss}, {bound}",
            RowClass = procedure == PromiseProcedures.All[0].Name && redrawn.Keys.Where(key => key.Loss == loss)
                .Any(key => redrawn.Chains(key)[0].Bound == bound) ? "chosen" : "row",
        },
        .. places.SelectMany(place => Cells(redrawn, loss, procedure, bound, place)),
    ];

    private static IEnumerable<Cell> Cells(RedrawnSeeds redrawn, string loss, string procedure, string bound, int place)
    {
        var counts = redrawn.Keys.Where(key => key.Loss == loss)
            .Select(key => (key.Policy, Count: redrawn.Count(key, procedure, bound, place))).ToArray();
        var any = counts.FirstOrDefault(count => count.Policy == PolicyList.Any).Count;
        var worst = counts.MaxBy(count => RedrawCells.Share(count.Count));
        return
        [
            any is null ? SeedCells.None : RedrawCells.Broken(any),
            new Cell(Formatting.Percent(RedrawCells.Share(worst.Count)), RedrawCells.Share(worst.Count)) { Second = worst.Policy },
            any is null ? SeedCells.None : RedrawCells.Found(any),
        ];
    }
}
