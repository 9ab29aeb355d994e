namespace Dimec.Serving.Scheduling;

/// <summary>How large a run may be.</summary>
/// <param name="MaxRows">The most rows, ≥ 1.</param>
/// <param name="MaxTokens">The most rows × padded length; a single row is always run.</param>
/// <param name="MaxAttention">The most rows × padded length²; likewise.</param>
internal sealed record BatchLimits(int MaxRows, int MaxTokens, long MaxAttention)
{
    /// <summary>
    /// A row joins a run where that pads no more tokens than these; beyond, a run of its own is cheaper: what a run costs beside its tokens
    /// is about the cost of so many (MiniLM's four layers on one core, in fp32 and in int8: <c>bench/Dimec.Serving.Bench -- runs</c>).
    /// </summary>
    public const int MaxPadding = 4;

    /// <summary>Whether so many rows of that length are one run.</summary>
    public bool Allow(int rows, int length) =>
        rows <= MaxRows && (long)rows * length <= MaxTokens && (long)rows * length * length <= MaxAttention;
}
