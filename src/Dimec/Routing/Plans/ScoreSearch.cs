namespace Dimec.Routing.Plans;

/// <summary>
/// Every way to cut the scores between the tiers, at as many quantiles as a search of tens of thousands of routes allows: 1,000 between two
/// tiers, 314 between three, 64 between four. A route's figures come from sums that are taken once.
/// </summary>
internal sealed class ScoreSearch
{
    private const int MostLevels = 1000;
    private const int MostRoutes = 50_000;

    private readonly ScoreOrder _order;
    private readonly int _count;
    private readonly int _tiers;
    private readonly double[][] _costs;
    private readonly int[][] _right;

    /// <param name="table">The samples that routes are chosen on.</param>
    /// <param name="higher">What a high score means.</param>
    /// <param name="wanted">By sample, the answer that counts as right.</param>
    public ScoreSearch(RouterTable table, ScoreDirection higher, IReadOnlyList<int> wanted)
    {
        _order = new ScoreOrder(table, higher);
        (_count, _tiers) = (table.Count, table.Tiers.Count);
        (_costs, _right) = (new double[_tiers][], new int[_tiers][]);
        for (var tier = 0; tier < _tiers; tier++)
        {
            (_costs[tier], _right[tier]) = (new double[_count + 1], new int[_count + 1]);
            for (var place = 0; place < _count; place++)
            {
                var row = _order.Rows[place];
                _costs[tier][place + 1] = _costs[tier][place] + table.Costs(tier)[row];
                _right[tier][place + 1] = _right[tier][place] + (table.Answers(tier)[row] == wanted[row] ? 1 : 0);
            }
        }
    }

    /// <summary>All routes, each with the mean cost of a sample and how many answers are wanted ones.</summary>
    public IEnumerable<(ScoreRoute Route, double Cost, int Right)> Routes()
    {
        var cuts = _order.CutsAt(Levels(_tiers));
        return Ends(cuts, new int[_tiers - 1], tier: 0, from: 0).Select(ends => (_order.Route(ends), Cost(ends), Right(ends)));
    }

    /// <summary>The most levels at which there are no more routes than are searched.</summary>
    internal static int Levels(int tiers)
    {
        var levels = 1;
        while (levels < MostLevels && Count(levels + 1, tiers) <= MostRoutes)
            levels++;
        return levels;
    }

    /// <summary>In how many ways tiers − 1 ends lie on levels + 1 cuts: C(levels + tiers − 1, tiers − 1).</summary>
    private static double Count(int levels, int tiers)
    {
        var count = 1.0;
        for (var i = 1; i < tiers; i++)
            count *= (levels + i) / (double)i;
        return count;
    }

    private static IEnumerable<int[]> Ends(IReadOnlyList<int> cuts, int[] ends, int tier, int from)
    {
        if (tier == ends.Length)
        {
            yield return (int[])ends.Clone();
            yield break;
        }

        for (var cut = from; cut < cuts.Count; cut++)
        {
            ends[tier] = cuts[cut];
            foreach (var found in Ends(cuts, ends, tier + 1, cut))
                yield return found;
        }
    }

    private double Cost(int[] ends) =>
        Enumerable.Range(0, _tiers).Sum(tier => _costs[tier][End(ends, tier)] - _costs[tier][End(ends, tier - 1)]) / _count;

    private int Right(int[] ends) =>
        Enumerable.Range(0, _tiers).Sum(tier => _right[tier][End(ends, tier)] - _right[tier][End(ends, tier - 1)]);

    private int End(int[] ends, int tier) => tier < 0 ? 0 : tier < ends.Length ? ends[tier] : _count;
}
