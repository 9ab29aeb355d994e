using Dimec.Predictions.Recording;

namespace Dimec.Inference;

/// <summary>
/// How a client asks other tiers and uses this machine. Checked once, when it connects; all problems are reported together.
/// </summary>
public sealed record DimecClientOptions
{
    /// <summary>How long one request to a tier may take before another tier answers instead; 1 ms to 1 hour. Default 2 s.</summary>
    public TimeSpan TierTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Other limits than <see cref="TierTimeout"/>, by the tier's name.</summary>
    public IReadOnlyDictionary<string, TimeSpan> TierTimeouts { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>The most texts in one request; 1 to 4,096. Default 32.</summary>
    public int MaxBatch { get; init; } = 32;

    /// <summary>
    /// The most tokens (texts × padded length) in one request, so that one finishes well before the deadline;
    /// 1 to 1,048,576. Default 1,024.
    /// </summary>
    public int MaxBatchTokens { get; init; } = 1024;

    /// <summary>How many requests to one tier may be under way at once; 1 to 256. Default 2.</summary>
    public int MaxConcurrency { get; init; } = 2;

    /// <summary>How the mobile's model uses this machine.</summary>
    public TierModelOptions Model { get; init; } = new();

    /// <summary>
    /// A predictions file into which is recorded, behind the answers, what every exit says of the samples that are classified: ids and
    /// logits, no texts. Exits that the plan did not ask are computed here and asked of the tiers that have an address, the last one among
    /// them. Null, the default: nothing is recorded. <c>docs/shadow.md</c> says what comes of it.
    /// </summary>
    public string? Record { get; init; }

    /// <summary>
    /// The most samples in that file; 256 to 1,000,000, by default 20,000. Where there are more, it is a uniform sample of all of them.
    /// </summary>
    public int RecordLimit { get; init; } = RecordedExitsLog.UsualLimit;

    internal TimeSpan TimeoutOf(string tier) => TierTimeouts.TryGetValue(tier, out var own) ? own : TierTimeout;

    internal void Validate(InputErrors errors)
    {
        CheckTimeout(errors, OptionNames.Of<DimecClientOptions>(nameof(TierTimeout)), TierTimeout);
        foreach (var (tier, timeout) in TierTimeouts)
            CheckTimeout(errors, $"{OptionNames.Of<DimecClientOptions>(nameof(TierTimeouts))} {tier}", timeout);
        CheckRange(errors, nameof(MaxBatch), MaxBatch, 4096);
        CheckRange(errors, nameof(MaxBatchTokens), MaxBatchTokens, 1 << 20);
        CheckRange(errors, nameof(MaxConcurrency), MaxConcurrency, 256);
        if (Record is not null && string.IsNullOrWhiteSpace(Record))
            errors.Add(OptionNames.Of<DimecClientOptions>(nameof(Record)), "is empty", "name a file");
        if (RecordLimit is < RecordedExitsLog.LeastLimit or > RecordedExitsLog.MostLimit)
        {
            errors.Add(
                OptionNames.Of<DimecClientOptions>(nameof(RecordLimit)), $"is {RecordLimit}",
                $"give {RecordedExitsLog.LeastLimit} to {RecordedExitsLog.MostLimit}");
        }
    }

    private static void CheckTimeout(InputErrors errors, string where, TimeSpan timeout)
    {
        if (timeout < TimeSpan.FromMilliseconds(1) || timeout > TimeSpan.FromHours(1))
            errors.Add(where, $"is {timeout}", "give 1 ms to 1 hour");
    }

    private static void CheckRange(InputErrors errors, string option, int value, int most)
    {
        if (value < 1 || value > most)
            errors.Add(OptionNames.Of<DimecClientOptions>(option), $"is {value}", $"give 1 to {most}");
    }
}
