using System.Numerics.Tensors;

namespace Dimec.Pools;

/// <summary>
/// Names a tier for a new sample before any layer has run (method section 6): the pool whose centroid is nearest to e(x) in Euclidean
/// distance. A tie goes to the cheaper tier; a tier whose pool is empty has no centroid and is never named.
/// </summary>
public sealed class CentroidRouter
{
    private readonly (int Tier, double[] Centroid)[] _byCost;
    private readonly EmbeddingNormalization _normalization;

    /// <summary>Takes the centroids.</summary>
    /// <param name="centroids">One a tier, shallowest first, all of one length; null where the pool is empty.
    /// At least one is there.</param>
    /// <param name="normalization">What was done to the embeddings that the centroids are means of, and is done
    /// to those to be routed.</param>
    /// <param name="costs">What a sample costs on each tier; null where the deeper always costs more.
    /// Of equal ones the shallower is the cheaper.</param>
    /// <exception cref="ArgumentException">There is no centroid, or their lengths differ.</exception>
    public CentroidRouter(IReadOnlyList<float[]?> centroids, EmbeddingNormalization normalization, IReadOnlyList<double>? costs = null)
    {
        ArgumentNullException.ThrowIfNull(centroids);
        var lengths = centroids.OfType<float[]>().Select(centroid => centroid.Length).Distinct().ToArray();
        if (lengths is not [> 0])
            throw new ArgumentException("The centroids must be at least one, and of one length.", nameof(centroids));
        (_normalization, EmbeddingSize) = (normalization, lengths[0]);
        // Distances are taken in double, as the search takes them: in fp32 near centroids would be as far as each other.
        _byCost = [.. InOrderOfCost(costs ?? [.. centroids.Select((_, tier) => (double)tier)])
            .Where(tier => centroids[tier] is not null)
            .Select(tier => (tier, Array.ConvertAll(centroids[tier]!, static value => (double)value)))];
    }

    /// <summary>The length of the embeddings that are routed.</summary>
    public int EmbeddingSize { get; }

    /// <summary>The tier of the nearest centroid.</summary>
    /// <param name="embedding">e(x), <see cref="EmbeddingSize"/> long.</param>
    /// <exception cref="InputException">The embedding has another length: the centroids and the model do not belong together.</exception>
    public int Route(ReadOnlySpan<float> embedding)
    {
        if (embedding.Length != EmbeddingSize)
        {
            throw new InputException(
                "embedding", $"has {embedding.Length} numbers where the plan's centroids have {EmbeddingSize}",
                "use a plan that was made for this model");
        }

        Span<float> narrow = EmbeddingSize <= 1024 ? stackalloc float[EmbeddingSize] : new float[EmbeddingSize];
        Span<double> wide = EmbeddingSize <= 1024 ? stackalloc double[EmbeddingSize] : new double[EmbeddingSize];
        Normalize(embedding, _normalization, narrow);
        TensorPrimitives.ConvertTruncating<float, double>(narrow, wide);
        var (nearest, best) = (-1, double.PositiveInfinity);
        foreach (var (tier, centroid) in _byCost)
        {
            var distance = TensorPrimitives.Distance<double>(wide, centroid);
            if (nearest < 0 || distance < best)
                (nearest, best) = (tier, distance);
        }

        return nearest;
    }

    /// <summary>
    /// How much nearer a tier's centroid is than the nearest of the others: ‖e − c_other‖ − ‖e − c_tier‖, positive where the tier is named.
    /// </summary>
    /// <param name="tier">The tier's place among the tiers, from 0.</param>
    /// <param name="embedding">e(x), <see cref="EmbeddingSize"/> long.</param>
    /// <returns>The margin; null where the tier has no centroid, or no other has.</returns>
    public double? Margin(int tier, ReadOnlySpan<float> embedding)
    {
        if (_byCost.Length < 2 || !_byCost.Any(pool => pool.Tier == tier))
            return null;
        var (narrow, wide) = (new float[EmbeddingSize], new double[EmbeddingSize]);
        Normalize(embedding, _normalization, narrow);
        TensorPrimitives.ConvertTruncating<float, double>(narrow, wide);
        return _byCost.Where(pool => pool.Tier != tier).Min(Distance) - Distance(_byCost.First(pool => pool.Tier == tier));

        double Distance((int Tier, double[] Centroid) pool) => TensorPrimitives.Distance<double>(wide, pool.Centroid);
    }

    /// <summary>The tiers, cheapest first: the order in which the first of equally near ones is taken.</summary>
    internal static IEnumerable<int> InOrderOfCost(IReadOnlyList<double> costs) =>
        Enumerable.Range(0, costs.Count).OrderBy(tier => costs[tier]);

    /// <summary>e(x) as distances are measured on it.</summary>
    internal static void Normalize(ReadOnlySpan<float> embedding, EmbeddingNormalization normalization, Span<float> result)
    {
        if (normalization == EmbeddingNormalization.None)
        {
            embedding.CopyTo(result);
            return;
        }

        // In double, since the square of a small fp32 number is 0 in fp32.
        var squares = 0.0;
        foreach (var value in embedding)
            squares += (double)value * value;
        // A zero vector has no direction; it stays where it is.
        var length = squares > 0 ? Math.Sqrt(squares) : 1;
        for (var i = 0; i < embedding.Length; i++)
            result[i] = (float)(embedding[i] / length);
    }
}
