namespace Dimec.Inference;

/// <summary>How a tier's model uses the machine. Validated when a model is loaded.</summary>
public sealed record TierModelOptions
{
    /// <summary>The default of <see cref="MaxAttention"/>.</summary>
    public const int DefaultMaxAttention = 1 << 21;

    /// <summary>
    /// Threads that one run uses, 1–1024. Default: the processors that this process may use (in a container its own limit, not the
    /// host's cores). Several models on the same cores slow each other: then give each its share.
    /// </summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The most tokens, padding included, in one batch (batch × length), ≥ 1. Default 16,384: 32 samples of 512 tokens.
    /// </summary>
    public int MaxBatchTokens { get; init; } = 16_384;

    /// <summary>
    /// The most pairs of tokens that attention compares at once (batch × length²), ≥ 1; a larger batch is run in parts, a single sample
    /// always whole. Most of a run's memory goes there. Default 2,097,152: 128 samples of 128 tokens, or 8 of 512.
    /// </summary>
    public int MaxAttention { get; init; } = DefaultMaxAttention;

    /// <summary>
    /// A batch of at least this many tokens (≥ 1) gives its working memory back when it is done, which costs about a tenth of its time;
    /// smaller ones keep it for the next. Default 8,192. (MiniLM after 32 × 512 tokens: a process of 1,485 MB without, 174 MB with it.)
    /// </summary>
    public int ShrinkFromTokens { get; init; } = 8_192;

    internal void Validate()
    {
        var errors = new InputErrors();
        if (Threads is < 1 or > 1024)
            errors.Add(nameof(Threads), $"is {Threads}", "use 1 to 1024 threads");
        if (MaxBatchTokens < 1)
            errors.Add(nameof(MaxBatchTokens), $"is {MaxBatchTokens}", "allow at least 1 token");
        if (MaxAttention < 1)
            errors.Add(nameof(MaxAttention), $"is {MaxAttention}", "allow at least 1 pair of tokens");
        if (ShrinkFromTokens < 1)
            errors.Add(nameof(ShrinkFromTokens), $"is {ShrinkFromTokens}", "use 1 or more tokens");
        errors.ThrowIfAny();
    }
}
