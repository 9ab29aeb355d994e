using System.Numerics.Tensors;

namespace Dimec.Pools;

/// <summary>
/// Names a tier for a new sample before any layer has run (method section 6): the pool whose centroid is nearest to e(x) in Euclidean
/// distance. A tie goes to the cheaper tier; a tier whose pool is empty has no centroid and is never named.
/// </summary>
public sealed class CentroidRouter
{
    private readonly float[]?[] _centroids;
    private readonly EmbeddingNormalization _normalization;

    /// <summary>Takes the centroids.</summary>
    /// <param name="centroids">One a tier, cheapest first, all of one length; null where the pool is empty. At least one is there.</param>
    /// <param name="normalization">What was done to the embeddings that the centroids are means of, and is done to those to be routed.</param>
    /// <exception cref="ArgumentException">There is no centroid, or their lengths differ.</exception>
    public CentroidRouter(IReadOnlyList<float[]?> centroids, EmbeddingNormalization normalization)
    {
        ArgumentNullException.ThrowIfNull(centroids);
        var lengths = centroids.OfType<float[]>().Select(centroid => centroid.Length).Distinct().ToArray();
        if (lengths is not [> 0])
            throw new ArgumentException("The centroids must be at least one, and of one length.", nameof(centroids));
        (_centroids, _normalization, EmbeddingSize) = ([.. centroids], normalization, lengths[0]);
    }

    /// <summary>The length of the embeddings that are routed.</summary>
    public int EmbeddingSize { get; }

    /// <summary>The tier of the nearest centroid.</summary>
    /// <param name="embedding">e(x), <see cref="EmbeddingSize"/> long.</param>
    /// <exception cref="InputException">The embedding has another length: the centroids and the model do not belong together.</exception>
    public int Route(ReadOnlySpan<float> embedding)
    {
        if (embedding.Length != EmbeddingSize)
            throw new InputException("embedding", $"has {embedding.Length} numbers where the plan's centroids have {EmbeddingSize}", "use a plan that was made for this model");
        Span<float> buffer = EmbeddingSize <= 1024 ? stackalloc float[EmbeddingSize] : new float[EmbeddingSize];
        Normalize(embedding, _normalization, buffer);
        var (nearest, best) = (-1, double.PositiveInfinity);
        for (var tier = 0; tier < _centroids.Length; tier++)
        {
            if (_centroids[tier] is not { } centroid)
                continue;
            double distance = TensorPrimitives.Distance(buffer, centroid);
            if (nearest < 0 || distance < best)
                (nearest, best) = (tier, distance);
        }

        return nearest;
    }

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
