namespace Dimec.Routing.Plans;

/// <summary>
/// A table's samples from those that need the strong tier least to those that need it most, and where thresholds can cut them.
/// </summary>
internal sealed class ScoreOrder
{
    private readonly RouterTable _table;
    private readonly ScoreDirection _higher;

    public ScoreOrder(RouterTable table, ScoreDirection higher)
    {
        (_table, _higher) = (table, higher);
        var sign = higher == ScoreDirection.Strong ? 1 : -1;
        Rows = [.. Enumerable.Range(0, table.Count).OrderBy(row => sign * table.Scores[row])];
        Cuts =
        [
            0, .. Enumerable.Range(1, table.Count - 1).Where(place => table.Scores[Rows[place]] != table.Scores[Rows[place - 1]]),
            table.Count,
        ];
    }

    /// <summary>The samples' rows, in this order.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>The places before which thresholds can lie, from 0 to the number of samples: those of one score stay together.</summary>
    public IReadOnlyList<int> Cuts { get; }

    /// <summary>Some of the cuts, about evenly spread over the samples.</summary>
    /// <param name="levels">Into how many stretches, 1 or more.</param>
    public IReadOnlyList<int> CutsAt(int levels) => Cuts.Count <= levels + 1
        ? Cuts
        : [.. Enumerable.Range(0, levels + 1).Select(level => Nearest(level * (double)_table.Count / levels)).Distinct()];

    /// <summary>The route that has each tier answer a stretch of the samples.</summary>
    /// <param name="ends">By tier but the last, the cut at which its stretch ends; a tier whose stretch is empty is left out.</param>
    public ScoreRoute Route(IReadOnlyList<int> ends)
    {
        var (tiers, thresholds) = (new List<int>(), new List<double>());
        var from = 0;
        for (var tier = 0; tier <= ends.Count; tier++)
        {
            var end = tier < ends.Count ? ends[tier] : _table.Count;
            if (end == from)
                continue;
            if (tiers.Count > 0)
                thresholds.Add(_table.Scores[Rows[from]]);
            tiers.Add(tier);
            from = end;
        }

        return new ScoreRoute(_higher, tiers, thresholds);
    }

    private int Nearest(double place)
    {
        var (low, high) = (0, Cuts.Count - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Cuts[middle] <= place ? (middle, high) : (low, middle);
        }

        return place - Cuts[low] <= Cuts[high] - place ? Cuts[low] : Cuts[high];
    }
}
