using Dimec.Studies.Sweeps;

namespace Dimec.Reporting.Studies;

/// <summary>A field of the map: every structure there, in every seed.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Winner">The policy that wins most often; of equals the first in the order of tables.</param>
/// <param name="Wins">How often it wins.</param>
/// <param name="Of">In how many cases.</param>
/// <param name="Reduction">What the winners of these cases save on average.</param>
/// <param name="Drop">What accuracy they lose on average.</param>
/// <param name="Pools">What the paper's policy saves there on average.</param>
internal sealed record SweepField(SweepPlace Place, string Winner, int Wins, int Of, double Reduction, double Drop, double Pools)
{
    /// <summary>The fields of several seeds' sweeps.</summary>
    public static IReadOnlyList<SweepField> All(StudyDepths depths) =>
        [.. depths.Sweeps.SelectMany(sweep => sweep.Rows)
            .GroupBy(row => SweepPlace.Of(row.Costs), (place, rows) => Make(place, [.. rows]))];

    private static SweepField Make(SweepPlace place, SweepRow[] rows)
    {
        var winners = rows.Select(row => row.Cells.First(cell => cell.Policy == row.Winner)).ToArray();
        // Cells stand in the order of tables.
        var winner = rows[0].Cells.Select(cell => cell.Policy).MaxBy(policy => rows.Count(row => row.Winner == policy))!;
        return new SweepField(
            place, winner, rows.Count(row => row.Winner == winner), rows.Length, winners.Average(cell => cell.Reduction),
            winners.Average(cell => cell.Drop),
            rows.Average(row => row.Cells.FirstOrDefault(cell => cell.Policy == StudyVerdict.Paper).Reduction));
    }
}
