using System.Numerics.Tensors;
using Dimec.Exits.Stacking;
using Dimec.Policies.Fitting;
using Dimec.Pools;

namespace Dimec.Policies.Hybrid;

/// <summary>
/// Ridge regression of the training samples' μ and σ on e(x): what the data map says of a new sample, in two dot products. Where each
/// tier's own exit judges, the first tier's is taken.
/// </summary>
internal static class MapRegression
{
    /// <summary>More samples than this add time and no knowledge: they are taken evenly from all.</summary>
    public const int MostSamples = 8_000;

    /// <summary>What is added to each square's sum: embeddings are of unit size or so.</summary>
    public const double Shrinkage = 10;

    /// <summary>Fits both.</summary>
    /// <param name="training">The training samples on the map, with their embeddings.</param>
    /// <param name="memory">Keeps what has been fitted.</param>
    public static MapModel Of(PoolSamples training, FittingMemory memory) => memory.GetOrAdd((nameof(MapRegression), training), () =>
    {
        var (count, size) = (Math.Min(training.Samples.Count, MostSamples), training.EmbeddingSize);
        int[] samples = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * training.Samples.Count / count))];
        var means = new double[size];
        foreach (var sample in samples)
        {
            var embedding = training.Embedding(sample);
            for (var i = 0; i < size; i++)
                means[i] += embedding[i] / (double)count;
        }

        var (squares, row) = (new double[size * size], new double[size]);
        var targets = new Target[] { new(size), new(size) };
        foreach (var sample in samples)
        {
            var embedding = training.Embedding(sample);
            for (var i = 0; i < size; i++)
                row[i] = embedding[i] - means[i];
            for (var i = 0; i < size; i++)
            {
                var line = squares.AsSpan(i * size, i + 1);
                TensorPrimitives.MultiplyAdd(row.AsSpan(0, i + 1), row[i], line, line);
            }

            targets[0].Add(row, training.Samples.Confidence(sample, 0));
            targets[1].Add(row, training.Samples.Variability(sample, 0));
        }

        for (var i = 0; i < size; i++)
            squares[(i * size) + i] += Shrinkage;
        LinearModel Solve(Target target)
        {
            var weights = Cholesky.Solve([.. squares], target.Products);
            return new LinearModel((target.Sum / count) - weights.Zip(means, (weight, mean) => weight * mean).Sum(), weights);
        }

        return new MapModel(training.EmbeddingKind, Solve(targets[0]), Solve(targets[1]));
    });

    /// <summary>Σ (e − mean) · y, whose part in the mean of y is 0, and Σ y.</summary>
    private sealed class Target(int size)
    {
        public double[] Products { get; } = new double[size];

        public double Sum { get; private set; }

        public void Add(double[] row, double value)
        {
            Sum += value;
            for (var i = 0; i < row.Length; i++)
                Products[i] += row[i] * value;
        }
    }
}
