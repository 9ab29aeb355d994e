using System.Numerics.Tensors;

namespace Dimec.Pools;

/// <summary>
/// The training samples summed up over the cells of a grid, so that a search sums the embeddings once instead of once a combination of
/// thresholds. Embeddings are kept relative to their mean: distances do not change by it, and small differences between centroids keep
/// their digits.
/// </summary>
internal sealed class PoolCells
{
    private readonly int[] _counts;
    private readonly double[] _sums;

    public PoolCells(PoolGrid grid, PoolSamples training, EmbeddingNormalization normalization)
    {
        Layout = new PrefixLayout(grid.Tables, grid.Axes);
        Size = training.EmbeddingSize;
        _counts = new int[Layout.Entries];
        _sums = new double[(long)Layout.Entries * Size];
        Mean = new double[Size];
        AddUp(grid, training, normalization);
        Occupied = [.. Enumerable.Range(0, _counts.Length)
            .Where(entry => _counts[entry] > 0)
            .Select(entry => (entry, _sums.AsSpan(entry * Size, Size).ToArray()))];
        Layout.Accumulate(_counts, 1);
        Layout.Accumulate(_sums, Size);
    }

    /// <summary>The mean of all embeddings, from which sums are measured.</summary>
    public double[] Mean { get; }

    /// <summary>The length of an embedding.</summary>
    public int Size { get; }

    /// <summary>Where cells and prefixes lie.</summary>
    public PrefixLayout Layout { get; }

    /// <summary>Every cell that holds samples: its entry, and the sum of its embeddings relative to <see cref="Mean"/>.</summary>
    public IReadOnlyList<(int Entry, double[] Sum)> Occupied { get; }

    /// <summary>The number of samples of a pool.</summary>
    public int Count(PrefixTerm[] pool) => pool.Sum(term => term.IsAdded ? _counts[term.Entry] : -_counts[term.Entry]);

    /// <summary>The pool's mean embedding relative to <see cref="Mean"/>; false where it is empty.</summary>
    public bool TryCentroid(PrefixTerm[] pool, Span<double> centroid)
    {
        var count = Count(pool);
        if (count == 0)
            return false;
        centroid.Clear();
        foreach (var term in pool)
        {
            var sum = _sums.AsSpan(term.Entry * Size, Size);
            if (term.IsAdded)
                TensorPrimitives.Add<double>(centroid, sum, centroid);
            else
                TensorPrimitives.Subtract<double>(centroid, sum, centroid);
        }

        TensorPrimitives.Divide(centroid, count, centroid);
        return true;
    }

    private void AddUp(PoolGrid grid, PoolSamples training, EmbeddingNormalization normalization)
    {
        var embedding = new float[Size];
        var wide = new double[Size];
        for (var i = 0; i < training.Samples.Count; i++)
        {
            CentroidRouter.Normalize(training.Embedding(i), normalization, embedding);
            TensorPrimitives.ConvertTruncating<float, double>(embedding, wide);
            TensorPrimitives.Add<double>(Mean, wide, Mean);
            foreach (var (table, place) in grid.CellsOf(i))
            {
                var entry = Layout.EntryOf(table, place);
                _counts[entry]++;
                var sum = _sums.AsSpan(entry * Size, Size);
                TensorPrimitives.Add<double>(sum, wide, sum);
            }
        }

        TensorPrimitives.Divide(Mean, training.Samples.Count, Mean);
        for (var entry = 0; entry < _counts.Length; entry++)
        {
            var sum = _sums.AsSpan(entry * Size, Size);
            TensorPrimitives.MultiplyAdd<double>(Mean, -_counts[entry], sum, sum);
        }
    }
}
