using Dimec.Costs;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;
using Dimec.Studies.Sweeps;

namespace Dimec.Reporting.Studies;

/// <summary>How every policy stands over all cost structures of all seeds.</summary>
internal static class StandingsTable
{
    public static ReportTable Of(StudyTask task, StudyDepths depths)
    {
        var (seeds, sweeps) = (depths.Seeds, depths.Sweeps);
        var structures = sweeps[0].Rows.Count;
        IReadOnlyList<SweepStanding>[] standings = [.. sweeps.Select(sweep => sweep.Standings())];
        var several = sweeps.Count > 1;
        // The winner is named by a promise made on the selection part, so the table says how often dev broke it.
        var broken = sweeps.Sum(sweep => sweep.Rows.Count(row => row.Cells.First(cell => cell.Policy == row.Winner).Drop > sweep.MaxDrop));
        return new ReportTable(
            TableCaptions.FormatStandings(
                structures: Formatting.Count(structures), seeds: StudyNames.Seeds(seeds.Seeds), part: sweeps[0].Part,
                n: Formatting.Count(sweeps[0].Count), maxDrop: Formatting.Points(sweeps[0].MaxDrop), broken: Formatting.Count(broken),
                plans: Formatting.Count(structures * sweeps.Count)),
            TableKind.Sortable,
            [
                "Policy",
                $"#Wins|of {Formatting.Count(structures * sweeps.Count)}",
                $"#Mean loss{(several ? "|seeds" : "")}",
                "#Worst loss|at",
                "#No plan|of " + Formatting.Count(structures * sweeps.Count),
                "#Largest drop|points",
            ],
            [.. standings[0].Select((_, place) => Row(task, depths, [.. standings.Select(seed => seed[place])]))]);
    }

    private static Cell[] Row(StudyTask task, StudyDepths depths, SweepStanding[] seeds)
    {
        var worst = Array.IndexOf(seeds, seeds.MaxBy(standing => standing.WorstLoss)!);
        var at = depths.Sweeps[worst].Rows[seeds[worst].WorstAt].Costs;
        return
        [
            new Cell(StudyNames.Policy(seeds[0].Policy, depths.Seeds.Costs))
            {
                RowClass = seeds[0].Policy == StudyVerdict.Paper ? "chosen" : "row",
            },
            Cell.Of(seeds.Sum(standing => standing.Wins)),
            SeedCells.Mean(seeds.Select(standing => standing.MeanLoss), value => Formatting.Percent(value)),
            new Cell(Formatting.Percent(seeds[worst].WorstLoss), seeds[worst].WorstLoss)
            {
                Second = $"λ {Each(at, tier => tier.Layer)}; "
                    + $"o {Each(at, tier => tier.Offload)}{(seeds.Length > 1 ? $"; seed {Formatting.Count(task.Seeds[worst])}" : "")}",
            },
            Cell.Of(seeds.Sum(standing => standing.NotKept)),
            new Cell(Formatting.Points(seeds.Max(standing => standing.LargestDrop)), seeds.Max(standing => standing.LargestDrop)),
        ];
    }

    private static string Each(CostStructure costs, Func<TierCost, double> read) =>
        string.Join(", ", costs.Tiers.Select(tier => Formatting.Cost(read(tier), "")));
}
