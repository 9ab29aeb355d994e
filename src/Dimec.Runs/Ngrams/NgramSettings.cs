using Dimec.Exits.Ngrams;

namespace Dimec.Runs.Ngrams;

/// <summary>What decides a run's exit 0, beside the run's texts and labels.</summary>
public sealed record NgramSettings
{
    /// <summary>How it is trained.</summary>
    public NgramOptions Options { get; init; } = new();

    /// <summary>The most tokens of a text that it reads, of a pair of each of the two; at least 1.</summary>
    public required int MaxLength { get; init; }
}
