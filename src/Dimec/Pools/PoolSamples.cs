using Dimec.Predictions;

namespace Dimec.Pools;

/// <summary>The training samples as pools need them: μ and σ from the data map, joined by guid with e(x).</summary>
public sealed class PoolSamples
{
    private readonly SampleEmbeddings _embeddings;
    private readonly int[] _rows;

    private PoolSamples(PoolMetrics samples, SampleEmbeddings embeddings, int[] rows) =>
        (Samples, _embeddings, _rows) = (samples, embeddings, rows);

    /// <summary>The samples on the map.</summary>
    public PoolMetrics Samples { get; }

    /// <summary>What the embeddings are made of.</summary>
    public EmbeddingKind EmbeddingKind => _embeddings.Kind;

    /// <summary>The length of an embedding.</summary>
    public int EmbeddingSize => _embeddings.Size;

    /// <summary>A sample's embedding.</summary>
    /// <param name="sample">The sample's place in <see cref="Samples"/>, from 0.</param>
    public ReadOnlySpan<float> Embedding(int sample) => _embeddings[_rows[sample]];

    /// <summary>Joins the map and the embeddings.</summary>
    /// <param name="samples">The training samples on the map.</param>
    /// <param name="embeddings">Their embeddings, in any order.</param>
    /// <exception cref="InputException">A sample has metrics without an embedding or an embedding without metrics,
    /// or a guid comes twice.</exception>
    public static PoolSamples Join(PoolMetrics samples, SampleEmbeddings embeddings)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(embeddings);
        var rowOf = RowsByGuid(embeddings.Guids);
        var rows = new int[samples.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            if (!rowOf.Remove(samples.Guid(i).Text, out rows[i]))
            {
                throw new InputException(
                    "training metrics", $"guid '{samples.Guid(i)}' has no embedding of its own",
                    "give every mapped sample one row and one embedding");
            }
        }

        if (rowOf.Count > 0)
        {
            throw new InputException(
                "training embeddings", $"guid '{rowOf.First().Key}' has no metrics (first of {rowOf.Count})",
                "map and embed the same training samples");
        }

        return new PoolSamples(samples, embeddings, rows);
    }

    /// <summary>The same embeddings, with the samples put on another map.</summary>
    /// <param name="samples">The same training samples, mapped otherwise.</param>
    /// <exception cref="InputException">They are other samples.</exception>
    public PoolSamples On(PoolMetrics samples) => Join(samples, _embeddings);

    private static Dictionary<string, int> RowsByGuid(IReadOnlyList<string> guids)
    {
        var rowOf = new Dictionary<string, int>(guids.Count);
        for (var row = 0; row < guids.Count; row++)
        {
            if (!rowOf.TryAdd(guids[row], row))
                throw new InputException("training embeddings", $"guid '{guids[row]}' comes twice", "give every sample one embedding");
        }

        return rowOf;
    }
}
