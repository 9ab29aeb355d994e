namespace Dimec.Serving.Scheduling;

/// <summary>
/// One row of a request: tokens as an encoder takes them, of a length of its own, so that it can be run beside anybody's rows.
/// </summary>
/// <param name="Ids">Token ids, special tokens included.</param>
/// <param name="Mask">1 for a token, 0 for what a caller padded; as long as the ids.</param>
/// <param name="Types">Token types, as long as the ids; empty where the model takes none.</param>
internal readonly record struct TokenRow(ReadOnlyMemory<long> Ids, ReadOnlyMemory<long> Mask, ReadOnlyMemory<long> Types)
{
    /// <summary>How many tokens it has, what was padded included.</summary>
    public int Length => Ids.Length;
}
