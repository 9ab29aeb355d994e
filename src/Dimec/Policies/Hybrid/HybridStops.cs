using Dimec.Costs;
using Dimec.Policies.Ladder;
using Dimec.Pools;

namespace Dimec.Policies.Hybrid;

/// <summary>
/// What the stops of a path say of a selection part, and what every combination of thresholds does there once a price has said at which
/// stop each sample begins. Samples fall into cells by the thresholds below which they go on, and sums over the cells are what a
/// combination does, as in a ladder's search.
/// </summary>
internal sealed class HybridStops
{
    private readonly int[] _exits;
    private readonly HybridModels _models;
    private readonly int _count;
    private readonly double[][] _right;
    private readonly bool[][] _isRight;
    private readonly double[][] _grids;

    /// <summary>For each stop and sample the first threshold at which the sample goes on; the number of thresholds where none is.</summary>
    private readonly int[][] _cells;

    public HybridStops(LadderPath path, HybridModels models, IReadOnlyList<int> wanted, int levels)
    {
        var exits = path.Exits;
        (Path, _exits, _models, _count) = (path, [.. exits], models, wanted.Count);
        _right = [.. exits.Select(exit => models.Right(exit).Right)];
        _isRight = [.. exits.Select(exit =>
            models.Exit(exit).Answers.Select((answer, sample) => answer.Label == wanted[sample]).ToArray())];
        _grids = new double[HybridSearch.MostLayers][];
        _cells = new int[HybridSearch.MostLayers][];
        for (var stop = 1; stop < HybridSearch.MostLayers; stop++)
        {
            var goesOn = stop < exits.Count - 1;
            // The last stop answers everything, and stops that are not there are passed by nobody.
            _grids[stop] = goesOn
                ? QuantileGrid.ForLowerCut(models.Exit(exits[stop]).Answers.Select(answer => (double)answer.Confidence), levels)
                : [0];
            _cells[stop] = new int[_count];
            for (var sample = 0; sample < _count; sample++)
            {
                var place = goesOn ? Array.BinarySearch(_grids[stop], models.Exit(exits[stop]).Answers[sample].Confidence) : 0;
                _cells[stop][sample] = !goesOn ? 1 : place >= 0 ? place + 1 : ~place;
            }
        }
    }

    /// <summary>The exits.</summary>
    public LadderPath Path { get; }

    /// <summary>The stops with where they run and their thresholds.</summary>
    public HybridStop[] Of(LadderRoute route, int[] thresholds) => [.. _exits.Select((exit, stop) => new HybridStop(
        exit, route.Work[stop].Tier, route.Work[stop].Start,
        stop > 0 && stop < _exits.Length - 1 ? _grids[stop][thresholds[stop]] : 0, _models.Exit(exit).Stacked,
        _models.Right(exit).Score))];

    /// <summary>For each sample the stop at which it begins, the one that answers, and whether that is right.</summary>
    public IEnumerable<(int Entry, int Last, bool IsRight)> Walks(
        LadderRoute route, CostStructure costs, double price, IReadOnlyList<HybridStop> stops)
    {
        var entries = Entries(Prices(route, costs, price), new HybridRoom(_count));
        for (var sample = 0; sample < entries.Length; sample++)
        {
            var last = entries[sample];
            while (last > 0 && last < stops.Count - 1
                && _models.Exit(_exits[last]).Answers[sample].Confidence < stops[last].Threshold)
            {
                last++;
            }

            yield return (entries[sample], last, _isRight[last][sample]);
        }
    }

    /// <summary>Tries every combination of thresholds at a price.</summary>
    /// <param name="route">Where the stops run.</param>
    /// <param name="costs">The costs.</param>
    /// <param name="price">What a unit of cost is worth.</param>
    /// <param name="room">Where to work.</param>
    /// <param name="best">By the number of samples that are right, the cheapest found so far.</param>
    public void Look(LadderRoute route, CostStructure costs, double price, HybridRoom room, HybridFound?[] best)
    {
        var entries = Entries(Prices(route, costs, price), room);
        var (first, second) = (_grids[1].Length, _grids[2].Length);
        var last = _exits.Length - 1;
        var (right, cost) = (0, 0.0);
        var begin = _exits.Select((exit, stop) => HybridPolicy.EntryCost(route.Work[stop].Tier, exit, costs)).ToArray();
        // Who goes on past stop 1, past stop 2 having begun at 1, and past stop 2 having begun there; and how many more are right for it.
        var (at1, at12, at2) = (new Cell[first], new Cell[first * second], new Cell[second]);
        for (var sample = 0; sample < entries.Length; sample++)
        {
            var entry = entries[sample];
            right += _isRight[entry][sample] ? 1 : 0;
            cost += begin[entry];
            if (entry == 1 && _cells[1][sample] < first)
            {
                at1[_cells[1][sample]].Add(Gain(sample, 1));
                if (_cells[2][sample] < second && last > 2)
                    at12[(_cells[1][sample] * second) + _cells[2][sample]].Add(Gain(sample, 2));
            }
            else if (entry == 2 && last > 2 && _cells[2][sample] < second)
            {
                at2[_cells[2][sample]].Add(Gain(sample, 2));
            }
        }

        Accumulate(at1, first, 1);
        Accumulate(at2, second, 1);
        for (var i = 0; i < first; i++)
            Accumulate(at12.AsSpan(i * second, second), second, 1);
        Accumulate(at12, first, second);
        var (step2, step3) = (last > 1 ? costs.Of(route.Work[2]) : 0, last > 2 ? costs.Of(route.Work[3]) : 0);
        for (var i = 0; i < first; i++)
        {
            for (var j = 0; j < second; j++)
            {
                var past2 = at12[(i * second) + j];
                var found = right + at1[i].Right + past2.Right + at2[j].Right;
                var total = cost + (step2 * at1[i].Count) + (step3 * (past2.Count + at2[j].Count));
                if (total < (best[found]?.Cost ?? double.PositiveInfinity))
                    best[found] = new HybridFound(this, route, price, [0, i, j], total);
            }
        }
    }

    private static void Accumulate(Span<Cell> cells, int count, int stride)
    {
        for (var i = stride; i < count * stride; i++)
            cells[i].Add(cells[i - stride]);
    }

    private int Gain(int sample, int stop) => (_isRight[stop + 1][sample] ? 1 : 0) - (_isRight[stop][sample] ? 1 : 0);

    private double[] Prices(LadderRoute route, CostStructure costs, double price) =>
        [.. _exits.Select((exit, stop) => price * HybridPolicy.EntryCost(route.Work[stop].Tier, exit, costs))];

    private int[] Entries(double[] prices, HybridRoom room)
    {
        // As HybridPolicy.First takes them, a stop at a time.
        var (entries, most) = (room.Entries, room.Most);
        Array.Clear(entries);
        for (var sample = 0; sample < most.Length; sample++)
            most[sample] = _right[0][sample] - prices[0];
        for (var stop = 1; stop < prices.Length; stop++)
        {
            var (right, price) = (_right[stop], prices[stop]);
            for (var sample = 0; sample < entries.Length; sample++)
            {
                if (right[sample] - price > most[sample])
                    (entries[sample], most[sample]) = (stop, right[sample] - price);
            }
        }

        return entries;
    }

    /// <summary>How many samples go on, and how many more are right for it.</summary>
    private struct Cell
    {
        public int Count;
        public int Right;

        public void Add(int gain)
        {
            Count++;
            Right += gain;
        }

        public void Add(Cell other)
        {
            Count += other.Count;
            Right += other.Right;
        }
    }
}
