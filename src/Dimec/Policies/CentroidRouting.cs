using System.Numerics.Tensors;
using Dimec.Pools;

namespace Dimec.Policies;

/// <summary>
/// Routes the selection part by the centroids of every combination of thresholds. The nearest centroid is the one with the least
/// ‖c‖² − 2 c·x, and c·x is a difference of prefix sums of dot products, so a sample meets each cell once and not each centroid.
/// </summary>
internal sealed class CentroidRouting(PoolCells cells, PolicyFitting fitting)
{
    /// <summary>Samples at a time: the table of dot products stays in the cache's neighbourhood whatever the size of the part.</summary>
    private const int Block = 256;

    private readonly float[]?[] _centroids = [.. Enumerable.Range(0, cells.Rows * cells.Columns).Select(cell => Cell(cells, cell / cells.Columns, cell % cells.Columns))];
    private readonly int _tiers = fitting.Costs.Tiers.Count;

    public RoutingOutcome[] Route(PoolCandidate[] candidates, double[][] values)
    {
        var part = fitting.Selection;
        var centroids = candidates.Select(candidate => candidate.Pools.Select(Norm).ToArray()).ToArray();
        var value = new double[candidates.Length];
        var counts = new int[candidates.Length * _tiers];
        var dots = new double[cells.Prefixes * Block];
        for (var start = 0; start < part.Count; start += Block)
        {
            var length = Math.Min(Block, part.Count - start);
            FillDots(dots, start, length);
            for (var c = 0; c < candidates.Length; c++)
                value[c] += RouteBlock(centroids[c], dots, start, length, values, counts.AsSpan(c * _tiers, _tiers));
        }

        return [.. value.Select((sum, c) => new RoutingOutcome(
            sum / part.Count,
            Enumerable.Range(0, _tiers).Sum(tier => counts[(c * _tiers) + tier] * fitting.Costs.Of(tier)) / part.Count))];
    }

    private double RouteBlock(Centroid[] centroids, double[] dots, int start, int length, double[][] values, Span<int> counts)
    {
        Span<double> best = stackalloc double[Block];
        Span<int> nearest = stackalloc int[Block];
        best.Fill(double.PositiveInfinity);
        nearest.Clear();
        for (var tier = 0; tier < _tiers; tier++)
        {
            var centroid = centroids[tier];
            if (centroid.Count == 0)
                continue;
            var (a, b, c, d) = centroid.Corners;
            var atA = dots.AsSpan(a * Block, Block);
            var atB = dots.AsSpan(b * Block, Block);
            var atC = dots.AsSpan(c * Block, Block);
            var atD = dots.AsSpan(d * Block, Block);
            var factor = 2.0 / centroid.Count;
            for (var i = 0; i < length; i++)
            {
                var distance = centroid.SquaredNorm - (factor * (atA[i] - atB[i] - atC[i] + atD[i]));
                if (distance < best[i])
                    (best[i], nearest[i]) = (distance, tier);
            }
        }

        var value = 0.0;
        for (var i = 0; i < length; i++)
        {
            value += values[nearest[i]][start + i];
            counts[nearest[i]]++;
        }

        return value;
    }

    private void FillDots(double[] dots, int start, int length)
    {
        var size = cells.Size;
        var samples = new float[length][];
        for (var i = 0; i < length; i++)
        {
            samples[i] = new float[size];
            CentroidRouter.Normalize(fitting.Selection.Embedding(start + i), fitting.Options.Embedding, samples[i]);
            for (var k = 0; k < size; k++)
                samples[i][k] = (float)(samples[i][k] - cells.Mean[k]);
        }

        for (var row = 0; row < cells.Rows; row++)
        {
            for (var column = 0; column < cells.Columns; column++)
                FillPrefix(dots, row, column, samples);
        }
    }

    /// <summary>The cell's own products, and those of all cells before it, which are already there.</summary>
    private void FillPrefix(double[] dots, int row, int column, float[][] samples)
    {
        var cell = new CellRectangle(row, row + 1, column, column + 1);
        var (a, b, c, d) = cells.Corners(cell);
        var centroid = _centroids[(row * cells.Columns) + column];
        var count = cells.Count(cell);
        for (var i = 0; i < samples.Length; i++)
        {
            var own = centroid is null ? 0 : count * (double)TensorPrimitives.Dot(centroid, samples[i]);
            dots[(a * Block) + i] = own + dots[(b * Block) + i] + dots[(c * Block) + i] - dots[(d * Block) + i];
        }
    }

    private Centroid Norm(CellRectangle pool)
    {
        var centroid = new double[cells.Size];
        return cells.TryCentroid(pool, centroid)
            ? new Centroid(cells.Count(pool), TensorPrimitives.SumOfSquares<double>(centroid), cells.Corners(pool))
            : default;
    }

    private static float[]? Cell(PoolCells cells, int row, int column)
    {
        var centroid = new double[cells.Size];
        return cells.TryCentroid(new CellRectangle(row, row + 1, column, column + 1), centroid) ? [.. centroid.Select(value => (float)value)] : null;
    }

    private readonly record struct Centroid(int Count, double SquaredNorm, (int A, int B, int C, int D) Corners);
}
