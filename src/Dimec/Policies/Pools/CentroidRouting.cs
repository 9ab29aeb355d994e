using System.Numerics.Tensors;
using Dimec.Policies.Fitting;
using Dimec.Pools;

namespace Dimec.Policies.Pools;

/// <summary>
/// Routes the selection part by the centroids of every combination of thresholds. The nearest centroid is the one with the least
/// ‖c‖² − 2 c·x, and c·x is a sum of a few prefixes of dot products, so a sample meets each cell once and not each centroid.
/// </summary>
internal sealed class CentroidRouting(PoolCells cells, PolicyFitting fitting)
{
    /// <summary>
    /// Samples at a time: so many that the table of dot products stays in the cache's neighbourhood whatever the size of the part.
    /// </summary>
    private readonly int _block = Math.Clamp((1 << 17) / cells.Layout.Entries, 32, 256);
    private readonly int _tiers = fitting.Costs.Tiers.Count;
    private readonly int[] _byCost = PoolRoutes.TiersByCost(fitting.Costs);

    public RoutingOutcome[] Route(PoolCandidate[] candidates, double[][] values)
    {
        var part = fitting.Selection;
        var centroids = candidates.Select(candidate => candidate.Pools.Select(Norm).ToArray()).ToArray();
        var value = new double[candidates.Length];
        var counts = new int[candidates.Length * _tiers];
        var dots = new double[cells.Layout.Entries * _block];
        for (var start = 0; start < part.Count; start += _block)
        {
            var length = Math.Min(_block, part.Count - start);
            FillDots(dots, start, length);
            for (var c = 0; c < candidates.Length; c++)
                value[c] += RouteBlock(centroids[c], dots, start, length, values, counts.AsSpan(c * _tiers, _tiers));
        }

        return [.. value.Select((sum, c) => new RoutingOutcome(sum, counts.AsSpan(c * _tiers, _tiers).ToArray()))];
    }

    private double RouteBlock(Centroid[] centroids, double[] dots, int start, int length, double[][] values, Span<int> counts)
    {
        Span<double> best = stackalloc double[length];
        Span<double> sums = stackalloc double[length];
        Span<int> nearest = stackalloc int[length];
        best.Fill(double.PositiveInfinity);
        nearest.Clear();
        foreach (var tier in _byCost)
        {
            var centroid = centroids[tier];
            if (centroid.Count == 0)
                continue;
            sums.Clear();
            foreach (var term in centroid.Terms)
            {
                var prefix = dots.AsSpan(term.Entry * _block, length);
                if (term.IsAdded)
                    TensorPrimitives.Add<double>(sums, prefix, sums);
                else
                    TensorPrimitives.Subtract<double>(sums, prefix, sums);
            }

            var factor = 2.0 / centroid.Count;
            for (var i = 0; i < length; i++)
            {
                var distance = centroid.SquaredNorm - (factor * sums[i]);
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
        var samples = new double[length][];
        var narrow = new float[size];
        for (var i = 0; i < length; i++)
        {
            samples[i] = new double[size];
            CentroidRouter.Normalize(fitting.Selection.Embedding(start + i), fitting.Options.Embedding, narrow);
            TensorPrimitives.ConvertTruncating<float, double>(narrow, samples[i]);
            TensorPrimitives.Subtract<double>(samples[i], cells.Mean, samples[i]);
        }

        Array.Clear(dots);
        foreach (var (entry, sum) in cells.Occupied)
        {
            for (var i = 0; i < length; i++)
                dots[(entry * _block) + i] = TensorPrimitives.Dot<double>(sum, samples[i]);
        }

        cells.Layout.Accumulate(dots, _block);
    }

    private Centroid Norm(PrefixTerm[] pool)
    {
        var centroid = new double[cells.Size];
        return cells.TryCentroid(pool, centroid)
            ? new Centroid(cells.Count(pool), TensorPrimitives.SumOfSquares<double>(centroid), pool)
            : default;
    }

    private readonly record struct Centroid(int Count, double SquaredNorm, PrefixTerm[] Terms);
}
