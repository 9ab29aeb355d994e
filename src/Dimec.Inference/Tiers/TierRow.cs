using Dimec.Text;

namespace Dimec.Inference;

/// <summary>
/// One sample for a tier's model, of a length of its own, so that it can be run beside any others: its tokens, or its hidden states after
/// some layer.
/// </summary>
/// <param name="Mask">1 for a token, 0 for what a caller padded; as long as the sample.</param>
internal readonly record struct TierRow(ReadOnlyMemory<long> Mask)
{
    /// <summary>Token ids, special tokens included; empty where there are hidden states alone.</summary>
    public ReadOnlyMemory<long> Ids { get; init; }

    /// <summary>Token types, as long as the ids; empty where the model takes none.</summary>
    public ReadOnlyMemory<long> Types { get; init; }

    /// <summary>The states of its tokens after a layer, [length, hidden]; empty where it begins with its tokens.</summary>
    public ReadOnlyMemory<float> Hidden { get; init; }

    /// <summary>How many tokens it has, what was padded included.</summary>
    public int Length => Mask.Length;

    /// <summary>The row of a text, of which every token is one.</summary>
    /// <param name="text">The text's tokens.</param>
    /// <param name="types">Whether the model takes token types.</param>
    public static TierRow Of(TokenizedText text, bool types)
    {
        ArgumentNullException.ThrowIfNull(text);
        var mask = new long[text.Ids.Length];
        Array.Fill(mask, 1);
        return new TierRow(mask) { Ids = Widened(text.Ids), Types = types ? Widened(text.TypeIds) : default };
    }

    private static long[] Widened(int[] values) => Array.ConvertAll(values, value => (long)value);
}
