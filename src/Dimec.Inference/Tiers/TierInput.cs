namespace Dimec.Inference;

/// <summary>A padded batch for a tier's model: token ids where it begins with layer 1, hidden states where it goes on.</summary>
/// <param name="Batch">The number of samples, ≥ 1.</param>
/// <param name="Length">Tokens a sample, padding included, from 1 to the rows of the model's position table.</param>
/// <param name="Mask">1 for a real token, 0 for padding, row-major [batch, length]; at least one 1 in every row.</param>
public readonly record struct TierInput(int Batch, int Length, Memory<long> Mask)
{
    /// <summary>Token ids, row-major [batch, length], special tokens included; empty for a model that goes on from hidden states.</summary>
    public Memory<long> Ids { get; init; }

    /// <summary>Token types [batch, length]; empty where the model takes none.</summary>
    public Memory<long> Types { get; init; }

    /// <summary>The states of all tokens after the layer before, [batch, length, hidden]; empty for a model that begins with ids.</summary>
    public Memory<float> Hidden { get; init; }

    /// <summary>Some of the rows.</summary>
    /// <param name="first">The first, from 0.</param>
    /// <param name="count">How many.</param>
    internal TierInput Rows(int first, int count)
    {
        var (rows, all) = (count, Batch);
        return new TierInput(count, Length, Part(Mask)) { Ids = Part(Ids), Types = Part(Types), Hidden = Part(Hidden) };

        Memory<T> Part<T>(Memory<T> values) => values.Slice(values.Length / all * first, values.Length / all * rows);
    }
}
