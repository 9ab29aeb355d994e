using Dimec.Cartography;
using Dimec.Predictions;

namespace Dimec.Pools;

/// <summary>The training samples as pools need them: μ and σ from the data map, joined by guid with e(x).</summary>
public sealed class TrainingMap
{
    private readonly SampleEmbeddings _embeddings;
    private readonly int[] _rows;

    private TrainingMap(IReadOnlyList<SampleMetrics> metrics, SampleEmbeddings embeddings, int[] rows, int? exit) =>
        (Metrics, _embeddings, _rows, Exit) = (metrics, embeddings, rows, exit);

    /// <summary>The samples' metrics.</summary>
    public IReadOnlyList<SampleMetrics> Metrics { get; }

    /// <summary>The layer number of the exit whose dynamics gave the metrics, where known.</summary>
    public int? Exit { get; }

    /// <summary>What the embeddings are made of.</summary>
    public EmbeddingKind EmbeddingKind => _embeddings.Kind;

    /// <summary>The length of an embedding.</summary>
    public int EmbeddingSize => _embeddings.Size;

    /// <summary>A sample's embedding.</summary>
    /// <param name="sample">The sample's place in <see cref="Metrics"/>, from 0.</param>
    public ReadOnlySpan<float> Embedding(int sample) => _embeddings[_rows[sample]];

    /// <summary>Joins metrics and embeddings.</summary>
    /// <param name="metrics">The metrics of the training samples.</param>
    /// <param name="embeddings">Their embeddings, in any order.</param>
    /// <param name="exit">The layer number of the exit whose dynamics gave the metrics, for the plan's record.</param>
    /// <exception cref="InputException">A sample has metrics without an embedding or an embedding without metrics, or a guid comes twice.</exception>
    public static TrainingMap Join(IReadOnlyList<SampleMetrics> metrics, SampleEmbeddings embeddings, int? exit)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(embeddings);
        if (metrics.Count == 0)
            throw new InputException("training metrics", "hold no samples", "run the map on dynamics that hold some");
        var rowOf = RowsByGuid(embeddings.Guids);
        var rows = new int[metrics.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            if (!rowOf.Remove(metrics[i].Guid.Text, out rows[i]))
                throw new InputException("training metrics", $"guid '{metrics[i].Guid}' has no embedding of its own", "give every mapped sample one row and one embedding");
        }

        if (rowOf.Count > 0)
            throw new InputException("training embeddings", $"guid '{rowOf.First().Key}' has no metrics (first of {rowOf.Count})", "map and embed the same training samples");
        return new TrainingMap(metrics, embeddings, rows, exit);
    }

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
