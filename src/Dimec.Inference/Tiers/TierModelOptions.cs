namespace Dimec.Inference;

/// <summary>How a tier's model uses the machine. Validated when a model is loaded.</summary>
public sealed record TierModelOptions
{
    /// <summary>
    /// Threads that one run uses, 1–1024. Default: the processors that this process may use (in a container its own limit, not the
    /// host's cores). Several models on the same cores slow each other: then give each its share.
    /// </summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The most tokens, padding included, in one batch (batch × length), ≥ 1. Default 32,768: 64 samples of 512 tokens. Memory grows
    /// with it, and with the square of the length.
    /// </summary>
    public int MaxBatchTokens { get; init; } = 32_768;

    /// <summary>
    /// A batch of at least this many tokens gives its working memory back when it is done; smaller ones keep it for the next. Default 8,192.
    /// </summary>
    public int ShrinkFromTokens { get; init; } = 8_192;

    internal void Validate()
    {
        var errors = new InputErrors();
        if (Threads is < 1 or > 1024)
            errors.Add(nameof(Threads), $"is {Threads}", "use 1 to 1024 threads");
        if (MaxBatchTokens < 1)
            errors.Add(nameof(MaxBatchTokens), $"is {MaxBatchTokens}", "allow at least 1 token");
        if (ShrinkFromTokens < 1)
            errors.Add(nameof(ShrinkFromTokens), $"is {ShrinkFromTokens}", "use 1 or more tokens");
        errors.ThrowIfAny();
    }
}
