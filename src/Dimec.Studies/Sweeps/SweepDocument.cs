namespace Dimec.Studies.Sweeps;

/// <summary>
/// Who wins where: every policy planned anew on the selection part at every cost structure, and read on the reported part.
/// </summary>
/// <param name="Part">The reported part.</param>
/// <param name="Count">Its number of samples.</param>
/// <param name="MaxDrop">The drop on the selection part that plans were allowed.</param>
/// <param name="Rows">A row a structure.</param>
public sealed record SweepDocument(string Part, int Count, double MaxDrop, IReadOnlyList<SweepRow> Rows)
{
    /// <summary>How every policy stands, in the order of tables.</summary>
    public IReadOnlyList<SweepStanding> Standings() =>
        Rows.Count == 0 ? [] : [.. Rows[0].Cells.Select((cell, place) => Standing(cell.Policy, place))];

    private SweepStanding Standing(string policy, int place)
    {
        double[] losses = [.. Rows.Select(row =>
            row.Cells.First(cell => cell.Policy == row.Winner).Reduction - row.Cells[place].Reduction)];
        var worst = Array.IndexOf(losses, losses.Max());
        return new SweepStanding(
            policy,
            Rows.Count(row => row.Winner == policy),
            Rows.Count(row => !row.Cells[place].KeepsDrop),
            losses.Average(),
            losses[worst],
            worst,
            Rows.Max(row => row.Cells[place].Drop));
    }
}
