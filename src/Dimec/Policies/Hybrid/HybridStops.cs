using System.Numerics;
using System.Runtime.Intrinsics;
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

    /// <summary>
    /// By sample, its cell: for the first and the second stop after exit 0 the first threshold at which the sample goes on there, the
    /// number of thresholds where none is.
    /// </summary>
    private readonly int[] _cells;

    /// <summary>
    /// By sample, what is counted of it where it begins at exit 0: one sample and whether exit 0 is right; and after all of these what is
    /// counted where it begins later: one sample, and at which of the stops from the first after exit 0 on it is right.
    /// </summary>
    private readonly Vector128<int>[] _ones;

    public HybridStops(LadderPath path, HybridModels models, IReadOnlyList<int> wanted, int levels)
    {
        var exits = path.Exits;
        (Path, _exits, _models, _count) = (path, [.. exits], models, wanted.Count);
        _right = [.. exits.Select(exit => models.Right(exit).Right)];
        _isRight = [.. exits.Select(exit =>
            models.Exit(exit).Answers.Select((answer, sample) => answer.Label == wanted[sample]).ToArray())];
        _grids = new double[HybridSearch.MostLayers][];
        _cells = new int[_count];
        for (var stop = 1; stop < HybridSearch.MostLayers; stop++)
        {
            var goesOn = stop < exits.Count - 1;
            // The last stop answers everything, and stops that are not there are passed by nobody.
            _grids[stop] = goesOn
                ? QuantileGrid.ForLowerCut(models.Exit(exits[stop]).Answers.Select(answer => (double)answer.Confidence), levels)
                : [0];
            for (var sample = 0; sample < _count; sample++)
            {
                var place = goesOn ? Array.BinarySearch(_grids[stop], models.Exit(exits[stop]).Answers[sample].Confidence) : 0;
                _cells[sample] = (_cells[sample] * (_grids[stop].Length + 1)) + (!goesOn ? 1 : place >= 0 ? place + 1 : ~place);
            }
        }

        int RightAt(int stop, int sample) => stop < _isRight.Length && _isRight[stop][sample] ? 1 : 0;
        var samples = Enumerable.Range(0, _count);
        _ones =
        [
            .. samples.Select(sample => Vector128.Create(1, RightAt(0, sample), 0, 0)),
            .. samples.Select(sample => Vector128.Create(1, RightAt(1, sample), RightAt(2, sample), RightAt(3, sample))),
        ];
    }

    /// <summary>The exits.</summary>
    public LadderPath Path { get; }

    private int Cells => (_grids[1].Length + 1) * (_grids[2].Length + 1);

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
            var (entry, last) = ((int)entries[sample], (int)entries[sample]);
            while (last > 0 && last < stops.Count - 1
                && _models.Exit(_exits[last]).Answers[sample].Confidence < stops[last].Threshold)
            {
                last++;
            }

            yield return (entry, last, _isRight[last][sample]);
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
        var (first, second) = (_grids[1].Length, _grids[2].Length);
        var last = _exits.Length - 1;
        var size = Cells;
        var counts = Counted(Prices(route, costs, price), room);
        var (right, cost) = (0, 0.0);
        for (var entry = 0; entry <= last; entry++)
        {
            var all = Vector128<int>.Zero;
            foreach (var cell in counts.Slice(entry * size, size))
                all += cell;
            right += all[Math.Max(entry, 1)];
            cost += all[0] * HybridPolicy.EntryCost(route.Work[entry].Tier, _exits[entry], costs);
        }

        // Who goes on past stop 1, past stop 2 having begun at 1, and past stop 2 having begun there; and how many more are right for it.
        var (at1, at12, at2) = (new Cell[first], new Cell[first * second], new Cell[second]);
        for (var cell = 0; cell < size; cell++)
        {
            var (i, j) = (cell / (second + 1), cell % (second + 1));
            var (from1, from2) = (counts[size + cell], counts[(2 * size) + cell]);
            if (i < first)
                at1[i].Add(from1[0], from1[2] - from1[1]);
            if (j == second)
                continue;
            at2[j].Add(from2[0], from2[3] - from2[2]);
            if (i < first)
                at12[(i * second) + j].Add(from1[0], from1[3] - from1[2]);
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

    private double[] Prices(LadderRoute route, CostStructure costs, double price) =>
        [.. _exits.Select((exit, stop) => price * HybridPolicy.EntryCost(route.Work[stop].Tier, exit, costs))];

    /// <summary>By the stop at which samples begin and their cell, what is counted of them.</summary>
    private Span<Vector128<int>> Counted(double[] prices, HybridRoom room)
    {
        var size = Cells;
        var counts = room.Counts((HybridSearch.MostLayers + 1) * size);
        var entries = Entries(prices, room);
        for (var sample = 0; sample < entries.Length; sample++)
        {
            var entry = (int)entries[sample];
            counts[(entry * size) + _cells[sample]] += _ones[(Math.Min(entry, 1) * _count) + sample];
        }

        return counts;
    }

    /// <summary>As HybridPolicy.First takes them, samples side by side: nobody can foretell which is better.</summary>
    private long[] Entries(double[] prices, HybridRoom room)
    {
        var entries = room.Entries;
        var wide = _count - (_count % Vector<double>.Count);
        for (var sample = 0; sample < wide; sample += Vector<double>.Count)
        {
            var (most, entry) = (new Vector<double>(_right[0], sample) - new Vector<double>(prices[0]), Vector<long>.Zero);
            for (var stop = 1; stop < prices.Length; stop++)
            {
                var reward = new Vector<double>(_right[stop], sample) - new Vector<double>(prices[stop]);
                var better = Vector.GreaterThan(reward, most);
                most = Vector.ConditionalSelect(better, reward, most);
                entry = Vector.ConditionalSelect(better, new Vector<long>(stop), entry);
            }

            entry.CopyTo(entries, sample);
        }

        for (var sample = wide; sample < _count; sample++)
        {
            var (most, entry) = (_right[0][sample] - prices[0], 0);
            for (var stop = 1; stop < prices.Length; stop++)
            {
                if (_right[stop][sample] - prices[stop] > most)
                    (most, entry) = (_right[stop][sample] - prices[stop], stop);
            }

            entries[sample] = entry;
        }

        return entries;
    }

    /// <summary>How many samples go on, and how many more are right for it.</summary>
    private struct Cell
    {
        public int Count;
        public int Right;

        public void Add(int count, int gain)
        {
            Count += count;
            Right += gain;
        }

        public void Add(Cell other) => Add(other.Count, other.Right);
    }
}
