using System.Buffers;
using System.Numerics.Tensors;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Inference;

/// <summary>
/// The encoder's embedding layer: computes e(x), by which a sample is routed before any layer has run (method section 6), of the kind that
/// the bundle was made for: see <see cref="EmbeddingKind"/>, in the precision of its models. The tables are the mobile model's own, mapped
/// from its file: nothing is stored or loaded twice. Any number of threads may use it; dispose it when none does.
/// </summary>
public sealed class EmbeddingLayer : IDisposable
{
    private readonly MemoryMappedTables _tables;
    private readonly float[] _normWeight;
    private readonly float[] _normBias;

    private EmbeddingLayer(MemoryMappedTables tables, int size)
    {
        _tables = tables;
        Size = size;
        _normWeight = new float[tables.Hidden];
        _normBias = new float[tables.Hidden];
        tables.Read(tables.Places.NormWeight, 0, _normWeight);
        tables.Read(tables.Places.NormBias, 0, _normBias);
    }

    /// <summary>The length of e(x): the encoder's hidden size, or for norms of tokens the longest input.</summary>
    public int Size { get; }

    /// <summary>Maps the tables.</summary>
    /// <param name="bundle">A bundle opened for its first tier, whose model holds the tables.</param>
    /// <returns>The layer.</returns>
    /// <exception cref="InputException">The manifest's places do not lie inside the file.</exception>
    /// <exception cref="InvalidOperationException">The bundle was opened for other tiers.</exception>
    public static EmbeddingLayer Open(Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var places = bundle.Manifest.Embeddings;
        return new EmbeddingLayer(MemoryMappedTables.Open(bundle.Verified(places.File), places), bundle.Manifest.EmbeddingSize);
    }

    /// <summary>Computes e(x) of an encoding.</summary>
    /// <param name="encoding">The sample's tokens, no padding.</param>
    /// <returns>e(x), of length <see cref="Size"/>.</returns>
    /// <exception cref="InputException">There are no tokens or too many, or an id or type is out of range.</exception>
    public float[] Embed(TokenizedText encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        var embedding = new float[Size];
        Embed(encoding.Ids, encoding.TypeIds, embedding);
        return embedding;
    }

    /// <summary>Computes e(x).</summary>
    /// <param name="ids">The ids of the real tokens, no padding; at least one, at most the rows of the position table,
    /// or for norms of tokens <see cref="Size"/>.</param>
    /// <param name="types">Their token types; empty where all are 0, and of no account where the encoder's tokens have none.</param>
    /// <param name="embedding">Gets e(x); of length <see cref="Size"/>.</param>
    /// <exception cref="InputException">There are no tokens or too many, or an id or type is out of range;
    /// says which, and the limit.</exception>
    /// <exception cref="ArgumentException"><paramref name="embedding"/> has another length.</exception>
    public void Embed(ReadOnlySpan<int> ids, ReadOnlySpan<int> types, Span<float> embedding)
    {
        Check(ids, types);
        if (embedding.Length != Size)
            throw new ArgumentException($"e(x) takes {Size} places, not {embedding.Length}.", nameof(embedding));
        var hidden = _tables.Hidden;
        var kind = _tables.Places.Kind;
        var rented = ArrayPool<float>.Shared.Rent(2 * hidden);
        var sum = rented.AsSpan(0, hidden);
        var row = rented.AsSpan(hidden, hidden);
        embedding.Clear();
        for (var i = 0; i < ids.Length; i++)
        {
            _tables.Read(_tables.Places.Word, ids[i], sum);
            _tables.Read(_tables.Places.Position, i, row);
            TensorPrimitives.Add(sum, row, sum);
            if (_tables.Places.TokenType is { } tokenTypes)
            {
                _tables.Read(tokenTypes, types.IsEmpty ? 0 : types[i], row);
                TensorPrimitives.Add(sum, row, sum);
            }

            if (kind == EmbeddingKind.LayerNorm)
                AddNormalised(sum, embedding);
            else if (kind == EmbeddingKind.Sum)
                TensorPrimitives.Add(embedding, sum, embedding);
            else
                embedding[i] = NormOf(sum, row);
        }

        ArrayPool<float>.Shared.Return(rented);
        if (kind == EmbeddingKind.TokenNorms)
            return;
        TensorPrimitives.Divide(embedding, ids.Length, embedding);
        // LayerNorm's weight and bias are the same for every token: they are applied once, to the mean.
        if (kind == EmbeddingKind.LayerNorm)
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

    /// <summary>The L2 norm of a token's output after the LayerNorm.</summary>
    private float NormOf(Span<float> sum, Span<float> output)
    {
        output.Clear();
        AddNormalised(sum, output);
        TensorPrimitives.MultiplyAdd(output, _normWeight, _normBias, output);
        return TensorPrimitives.Norm<float>(output);
    }

    private void Check(ReadOnlySpan<int> ids, ReadOnlySpan<int> types)
    {
        var places = _tables.Places;
        var most = places.Kind == EmbeddingKind.TokenNorms ? Math.Min(Size, places.Position.Rows) : places.Position.Rows;
        if (ids.IsEmpty || ids.Length > most)
            throw new InputException("ids", $"are {ids.Length} tokens", $"give 1 to {most}");
        if (!types.IsEmpty && types.Length != ids.Length)
            throw new InputException("types", $"are {types.Length} for {ids.Length} tokens", "give one for each token, or none");
        Check("id", ids, places.Word.Rows);
        if (places.TokenType is { } tokenTypes)
            Check("type", types, tokenTypes.Rows);
    }

    private static void Check(string what, ReadOnlySpan<int> values, int limit)
    {
        var place = values.IndexOfAnyExceptInRange(0, limit - 1);
        if (place >= 0)
            throw new InputException($"{what} of token {place}", $"is {values[place]}", $"give values from 0 to {limit - 1}");
    }
}
