using System.Buffers;
using System.Numerics.Tensors;
using Encoding = Dimec.Text.Encoding;

namespace Dimec.Inference;

/// <summary>
/// Computes e(x), by which a sample is routed before any layer has run: the mean over all real tokens ([CLS] and [SEP] included) of
/// LayerNorm(word + position + token type) (method section 6). The tables are the mobile model's own, mapped from its file: nothing is
/// stored or loaded twice. Any number of threads may use it; dispose it when none does.
/// </summary>
public sealed class EmbeddingRouter : IDisposable
{
    private readonly MappedTables _tables;
    private readonly float[] _normWeight;
    private readonly float[] _normBias;

    private EmbeddingRouter(MappedTables tables)
    {
        _tables = tables;
        _normWeight = new float[tables.Hidden];
        _normBias = new float[tables.Hidden];
        tables.Read(tables.Places.NormWeight, 0, _normWeight);
        tables.Read(tables.Places.NormBias, 0, _normBias);
    }

    /// <summary>The length of e(x): the encoder's hidden size.</summary>
    public int Size => _tables.Hidden;

    /// <summary>Maps the tables.</summary>
    /// <param name="bundle">A bundle opened for its first tier, whose model holds the tables.</param>
    /// <returns>The router.</returns>
    /// <exception cref="InputException">The manifest's places do not lie inside the file.</exception>
    /// <exception cref="InvalidOperationException">The bundle was opened for other tiers.</exception>
    public static EmbeddingRouter Open(Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var places = bundle.Manifest.Embeddings;
        return new EmbeddingRouter(MappedTables.Open(bundle.Verified(places.File), places));
    }

    /// <summary>Computes e(x) of an encoding.</summary>
    /// <param name="encoding">The sample's tokens, no padding.</param>
    /// <returns>e(x), of length <see cref="Size"/>.</returns>
    /// <exception cref="InputException">There are no tokens or too many, or an id or type is out of range.</exception>
    public float[] Embed(Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        var embedding = new float[Size];
        Embed(encoding.Ids, encoding.TypeIds, embedding);
        return embedding;
    }

    /// <summary>Computes e(x).</summary>
    /// <param name="ids">The ids of the real tokens, no padding; at least one, at most the rows of the position table.</param>
    /// <param name="types">Their token types; empty where all are 0.</param>
    /// <param name="embedding">Gets e(x); of length <see cref="Size"/>.</param>
    /// <exception cref="InputException">There are no tokens or too many, or an id or type is out of range; says which, and the limit.</exception>
    /// <exception cref="ArgumentException"><paramref name="embedding"/> has another length.</exception>
    public void Embed(ReadOnlySpan<int> ids, ReadOnlySpan<int> types, Span<float> embedding)
    {
        Check(ids, types);
        if (embedding.Length != Size)
            throw new ArgumentException($"e(x) takes {Size} places, not {embedding.Length}.", nameof(embedding));
        var rented = ArrayPool<float>.Shared.Rent(2 * Size);
        var sum = rented.AsSpan(0, Size);
        var row = rented.AsSpan(Size, Size);
        embedding.Clear();
        for (var i = 0; i < ids.Length; i++)
        {
            _tables.Read(_tables.Places.Word, ids[i], sum);
            _tables.Read(_tables.Places.Position, i, row);
            TensorPrimitives.Add(sum, row, sum);
            _tables.Read(_tables.Places.TokenType, types.IsEmpty ? 0 : types[i], row);
            TensorPrimitives.Add(sum, row, sum);
            AddNormalised(sum, embedding);
        }

        ArrayPool<float>.Shared.Return(rented);
        // LayerNorm's weight and bias are the same for every token: they are applied once, to the mean.
        TensorPrimitives.Divide(embedding, ids.Length, embedding);
        TensorPrimitives.MultiplyAdd(embedding, _normWeight, _normBias, embedding);
    }

    /// <summary>Unmaps the tables.</summary>
    public void Dispose() => _tables.Dispose();

    private void AddNormalised(Span<float> row, Span<float> total)
    {
        TensorPrimitives.Subtract(row, TensorPrimitives.Sum<float>(row) / row.Length, row);
        var variance = TensorPrimitives.SumOfSquares<float>(row) / row.Length;
        var scale = 1 / Math.Sqrt(variance + _tables.Places.NormEpsilon);
        TensorPrimitives.MultiplyAdd(row, (float)scale, total, total);
    }

    private void Check(ReadOnlySpan<int> ids, ReadOnlySpan<int> types)
    {
        var places = _tables.Places;
        if (ids.IsEmpty || ids.Length > places.Position.Rows)
            throw new InputException("ids", $"are {ids.Length} tokens", $"give 1 to {places.Position.Rows}");
        if (!types.IsEmpty && types.Length != ids.Length)
            throw new InputException("types", $"are {types.Length} for {ids.Length} tokens", "give one for each token, or none");
        Check("id", ids, places.Word.Rows);
        Check("type", types, places.TokenType.Rows);
    }

    private static void Check(string what, ReadOnlySpan<int> values, int limit)
    {
        var place = values.IndexOfAnyExceptInRange(0, limit - 1);
        if (place >= 0)
            throw new InputException($"{what} of token {place}", $"is {values[place]}", $"give values from 0 to {limit - 1}");
    }
}
