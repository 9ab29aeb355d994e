using Dimec.Exits.Stacking;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies.Ladder;

/// <summary>
/// What a path does on the selection part at every combination of its thresholds, each from the quantiles of its stop's scores: how many
/// samples reach each stop and how many the stops get right. Counted once for all combinations: samples fall into cells by their scores
/// at the stops, and sums over the cells are what a combination does.
/// </summary>
internal sealed class LadderGrid
{
    private readonly double[][] _grids;
    private readonly int[] _sizes;

    /// <summary>For each stop but the last, over the thresholds up to its own: how many samples go on.</summary>
    private readonly int[][] _going;

    /// <summary>The same: how many of those the stop itself has right, and how many the next one has.</summary>
    private readonly int[][] _goingRight;
    private readonly int[][] _nextRight;
    private readonly int _count;
    private readonly int _firstRight;

    private LadderGrid(
        LadderPath path, IReadOnlyList<StackedExit> stacked, ExitAnswer[][] answers, double[][] scores, IReadOnlyList<int> wanted,
        int levels)
    {
        (Path, Stacked, _count) = (path, stacked, wanted.Count);
        _grids = [.. scores.Select(stop => QuantileGrid.ForLowerCut(stop, levels))];
        _sizes = [.. _grids.Select(grid => grid.Length)];
        bool[][] right = [.. answers.Select(stop => stop.Select((answer, sample) => answer.Label == wanted[sample]).ToArray())];
        _firstRight = right[0].Count(isRight => isRight);
        (_going, _goingRight, _nextRight) = (new int[_sizes.Length][], new int[_sizes.Length][], new int[_sizes.Length][]);
        var cells = new int[wanted.Count];
        for (var stop = 0; stop < _sizes.Length; stop++)
        {
            for (var sample = 0; sample < cells.Length; sample++)
            {
                if (cells[sample] >= 0)
                    cells[sample] = CellOf(cells[sample], stop, scores[stop][sample]);
            }

            var size = _sizes[..(stop + 1)].Aggregate(1, (product, grid) => product * grid);
            (_going[stop], _goingRight[stop], _nextRight[stop]) = (new int[size], new int[size], new int[size]);
            for (var sample = 0; sample < cells.Length; sample++)
            {
                if (cells[sample] < 0)
                    continue;
                _going[stop][cells[sample]]++;
                _goingRight[stop][cells[sample]] += right[stop][sample] ? 1 : 0;
                _nextRight[stop][cells[sample]] += right[stop + 1][sample] ? 1 : 0;
            }

            foreach (var table in new[] { _going[stop], _goingRight[stop], _nextRight[stop] })
                Accumulate(table, stop);
        }
    }

    public LadderPath Path { get; }

    /// <summary>The stops' exits, each combined with those passed before.</summary>
    public IReadOnlyList<StackedExit> Stacked { get; }

    /// <summary>What the thresholds cut, for each stop but the last; null for its confidence.</summary>
    public required IReadOnlyList<LearnedScore?> Scores { get; init; }

    /// <summary>The number of stops.</summary>
    public int Stops => _sizes.Length + 1;

    /// <summary>The number of combinations of thresholds.</summary>
    public int Combinations => _sizes.Aggregate(1, (product, size) => product * size);

    /// <summary>Counts what a path does.</summary>
    /// <param name="path">The path.</param>
    /// <param name="wanted">By sample of the selection part, the answer that counts as right.</param>
    /// <param name="stacks">The stacked exits.</param>
    /// <param name="levels">How many quantiles each threshold is searched over.</param>
    public static LadderGrid Of(LadderPath path, IReadOnlyList<int> wanted, LadderStacks stacks, int levels)
    {
        (StackedExit Stacked, ExitAnswer[] Answers)[] stops =
            [.. Enumerable.Range(1, path.Exits.Count).Select(stop => stacks.Of([.. path.Exits.Take(stop)]))];
        (LearnedScore? Score, double[] Scores)[] scores =
            [.. Enumerable.Range(1, path.Exits.Count - 1).Select(stop => stacks.ScoreOf([.. path.Exits.Take(stop)]))];
        return new LadderGrid(
            path, [.. stops.Select(stop => stop.Stacked)], [.. stops.Select(stop => stop.Answers)],
            [.. scores.Select(stop => stop.Scores)], wanted, levels)
        {
            Scores = [.. scores.Select(stop => stop.Score)],
        };
    }

    /// <summary>How many samples reach each stop at a combination, and how many are answered right.</summary>
    /// <param name="combination">Its number, from 0.</param>
    /// <param name="reached">Receives a count a stop.</param>
    public int Right(int combination, Span<int> reached)
    {
        reached[0] = _count;
        var right = _firstRight;
        var place = combination;
        for (var stop = _sizes.Length - 1; stop >= 0; stop--)
        {
            reached[stop + 1] = _going[stop][place];
            right += _nextRight[stop][place] - _goingRight[stop][place];
            place /= _sizes[stop];
        }

        return right;
    }

    /// <summary>The thresholds of a combination.</summary>
    /// <param name="combination">Its number, from 0.</param>
    public double[] Thresholds(int combination)
    {
        var thresholds = new double[_sizes.Length];
        for (var stop = _sizes.Length - 1; stop >= 0; stop--)
        {
            thresholds[stop] = _grids[stop][combination % _sizes[stop]];
            combination /= _sizes[stop];
        }

        return thresholds;
    }

    /// <summary>
    /// The cell of a sample after one more stop: the first threshold that is above its score, since at that one and those after it the
    /// sample goes on; −1 where none is.
    /// </summary>
    private int CellOf(int before, int stop, double score)
    {
        var grid = _grids[stop];
        var found = Array.BinarySearch(grid, score);
        var first = found >= 0 ? found + 1 : ~found;
        return first == grid.Length ? -1 : (before * grid.Length) + first;
    }

    /// <summary>From cells to sums over all cells that are no further along any threshold.</summary>
    private void Accumulate(int[] table, int last)
    {
        var stride = 1;
        for (var stop = last; stop >= 0; stop--)
        {
            for (var i = 0; i < table.Length; i++)
            {
                if (i / stride % _sizes[stop] > 0)
                    table[i] += table[i - stride];
            }

            stride *= _sizes[stop];
        }
    }
}
