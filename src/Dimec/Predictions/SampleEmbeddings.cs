namespace Dimec.Predictions;

/// <summary>
/// The embeddings e(x) of a part by guid: <c>embeddings/train.safetensors</c> with <c>train.guids</c>,
/// or those of <c>predictions/train.jsonl</c>.
/// </summary>
public sealed class SampleEmbeddings
{
    private readonly float[] _values;

    /// <summary>Takes the rows as they are.</summary>
    /// <param name="guids">The samples' names, one a row.</param>
    /// <param name="size">The length of a row.</param>
    /// <param name="values">The rows one after the other: guids × size values. The array is kept, not copied.</param>
    /// <exception cref="InputException">The number of values is not guids × size.</exception>
    public SampleEmbeddings(IReadOnlyList<string> guids, int size, float[] values)
    {
        ArgumentNullException.ThrowIfNull(guids);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (values.LongLength != (long)guids.Count * size)
        {
            throw new InputException(
                "embeddings", $"hold {values.LongLength} numbers where {guids.Count} guids of {size} are expected",
                "write the embeddings and their guids again, together");
        }

        (Guids, Size, _values) = (guids, size, values);
    }

    /// <summary>The samples' names, one a row.</summary>
    public IReadOnlyList<string> Guids { get; }

    /// <summary>What the embeddings are made of.</summary>
    public EmbeddingKind Kind { get; init; }

    /// <summary>The length of an embedding.</summary>
    public int Size { get; }

    /// <summary>The rows one after the other.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>One sample's embedding.</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<float> this[int row] => _values.AsSpan(row * Size, Size);

    /// <summary>The embeddings that a part's predictions carry.</summary>
    /// <param name="exits">The part.</param>
    /// <param name="where">How an error names the file.</param>
    /// <param name="kind">What they are made of; the part does not say it.</param>
    /// <exception cref="InputException">The part carries none.</exception>
    public static SampleEmbeddings Of(RecordedExits exits, string where, EmbeddingKind kind = EmbeddingKind.LayerNorm)
    {
        ArgumentNullException.ThrowIfNull(exits);
        if (exits.EmbeddingSize == 0)
            throw new InputException(where, "carries no embeddings", "record \"embedding\" with every sample");
        var values = new float[exits.Count * exits.EmbeddingSize];
        for (var i = 0; i < exits.Count; i++)
            exits.Embedding(i).CopyTo(values.AsSpan(i * exits.EmbeddingSize));
        return new SampleEmbeddings(exits.Guids, exits.EmbeddingSize, values) { Kind = kind };
    }
}
