using System.Numerics.Tensors;

namespace Dimec.Pools;

/// <summary>
/// The training samples summed up over the cells between all thresholds of a grid. Every pool of every combination of thresholds is a
/// rectangle of cells, so a search sums the embeddings once instead of once a combination. Embeddings are kept relative to their
/// mean: distances do not change by it, and small differences between centroids keep their digits.
/// </summary>
internal sealed class PoolCells
{
    private readonly double[] _alphas;
    private readonly double[] _betas;
    private readonly int _size;
    private readonly int _columns;
    private readonly int[] _counts;
    private readonly double[] _sums;

    public PoolCells(TrainingMap training, double[] alphas, double[] betas, EmbeddingNormalization normalization)
    {
        (_alphas, _betas, _size) = (alphas, betas, training.EmbeddingSize);
        _columns = betas.Length + 2;
        _counts = new int[(alphas.Length + 2) * _columns];
        _sums = new double[(long)_counts.Length * _size];
        Mean = new double[_size];
        AddUp(training, normalization);
        Accumulate(_counts, 1);
        Accumulate(_sums, _size);
    }

    /// <summary>The mean of all embeddings, from which sums are measured.</summary>
    public double[] Mean { get; }

    public int Rows => _alphas.Length + 1;

    public int Columns => _columns - 1;

    public int Size => _size;

    /// <summary>The pool of every tier for α and β given by their places in the grids: see <see cref="PoolThresholds"/>.</summary>
    public CellRectangle[] Pools(int alpha, int[] betas, HardRule rule)
    {
        var pools = new CellRectangle[betas.Length + 2];
        var everywhere = rule == HardRule.LowConfidence || betas.Length == 0;
        // A cell's row counts the alphas at or below μ and its column the betas below σ: μ ≥ α[a] is row > a, and σ ≤ β[b] is column ≤ b.
        pools[^1] = new CellRectangle(0, alpha + 1, 0, everywhere ? Columns : betas[0] + 1);
        for (var slice = 0; slice <= betas.Length; slice++)
        {
            pools[slice] = new CellRectangle(
                everywhere || slice == 0 ? alpha + 1 : 0,
                Rows,
                slice == 0 ? 0 : betas[slice - 1] + 1,
                slice == betas.Length ? Columns : betas[slice] + 1);
        }

        return pools;
    }

    public int Count(CellRectangle pool)
    {
        var (a, b, c, d) = Corners(pool);
        return _counts[a] - _counts[b] - _counts[c] + _counts[d];
    }

    /// <summary>The pool's mean embedding relative to <see cref="Mean"/>; false where it is empty.</summary>
    public bool TryCentroid(CellRectangle pool, Span<double> centroid)
    {
        var count = Count(pool);
        if (count == 0)
            return false;
        var (a, b, c, d) = Corners(pool);
        TensorPrimitives.Subtract<double>(Sum(a), Sum(b), centroid);
        TensorPrimitives.Subtract<double>(centroid, Sum(c), centroid);
        TensorPrimitives.Add<double>(centroid, Sum(d), centroid);
        TensorPrimitives.Divide(centroid, count, centroid);
        return true;
    }

    /// <summary>The corners of a rectangle in the table of prefixes: its sum is a − b − c + d.</summary>
    public (int A, int B, int C, int D) Corners(CellRectangle pool) => (
        (pool.RowTo * _columns) + pool.ColumnTo,
        (pool.RowFrom * _columns) + pool.ColumnTo,
        (pool.RowTo * _columns) + pool.ColumnFrom,
        (pool.RowFrom * _columns) + pool.ColumnFrom);

    /// <summary>The number of entries in the table of prefixes.</summary>
    public int Prefixes => _counts.Length;

    /// <summary>The sum of the embeddings relative to <see cref="Mean"/> over all cells before a place in both directions.</summary>
    private ReadOnlySpan<double> Sum(int prefix) => _sums.AsSpan(prefix * _size, _size);

    private void AddUp(TrainingMap training, EmbeddingNormalization normalization)
    {
        var embedding = new float[_size];
        var wide = new double[_size];
        for (var i = 0; i < training.Metrics.Count; i++)
        {
            var sample = training.Metrics[i];
            var cell = ((CountWhile(_alphas, alpha => alpha <= sample.Confidence) + 1) * _columns) + CountWhile(_betas, beta => beta < sample.Variability) + 1;
            CentroidRouter.Normalize(training.Embedding(i), normalization, embedding);
            TensorPrimitives.ConvertTruncating<float, double>(embedding, wide);
            _counts[cell]++;
            var sum = _sums.AsSpan(cell * _size, _size);
            TensorPrimitives.Add<double>(sum, wide, sum);
            TensorPrimitives.Add<double>(Mean, wide, Mean);
        }

        TensorPrimitives.Divide(Mean, training.Metrics.Count, Mean);
        for (var cell = 0; cell < _counts.Length; cell++)
        {
            var sum = _sums.AsSpan(cell * _size, _size);
            TensorPrimitives.MultiplyAdd<double>(Mean, -_counts[cell], sum, sum);
        }
    }

    /// <summary>Turns a table of cells, each of so many values, into one of prefixes. Its first row and column are empty.</summary>
    private void Accumulate<T>(T[] table, int size)
        where T : System.Numerics.INumber<T>
    {
        var row = _columns * size;
        for (var i = row; i < table.Length; i++)
            table[i] += table[i - row];
        for (var i = 0; i < table.Length; i++)
        {
            if (i % row >= size)
                table[i] += table[i - size];
        }
    }

    private static int CountWhile(double[] ascending, Func<double, bool> holds)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(ascending[middle]))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
