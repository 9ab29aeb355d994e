using System.Globalization;
using Dimec.Predictions.Recording;

namespace Dimec.Inference;

/// <summary>
/// How a client asks other tiers and uses this machine. Checked once, when it connects; all problems are reported together.
/// </summary>
public sealed record DimecClientOptions
{
    /// <summary>
    /// How long a text may take through all its steps, of which each gets what is left; 1 ms to 24 hours. What other tiers have not
    /// answered by then, the mobile answers. Texts that are classified together take as many times that as they have rounds of requests
    /// (<see cref="MaxConcurrency"/> at a time). Null, the default: twice the longest limit of a tier, so that one may hang and another
    /// still answer.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// How long one request to a tier may take, with its retries, before another tier answers instead; 1 ms to 1 hour. Default 2 s.
    /// </summary>
    public TimeSpan TierTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Other limits than <see cref="TierTimeout"/>, by the tier's name.</summary>
    public IReadOnlyDictionary<string, TimeSpan> TierTimeouts { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>
    /// How often a request is made again, within its limit, whose connection broke, whose tier is just stopping, or whose tier is too busy
    /// and says when to come back; 0 to 5. Default 1.
    /// </summary>
    public int MaxRetries { get; init; } = 1;

    /// <summary>
    /// After how long without an answer a request is made a second time beside the first, so that the faster one counts; 1 ms to 1 hour. A
    /// tier at several addresses is asked at another one. It costs a tier up to twice the work. Null, the default: never.
    /// </summary>
    public TimeSpan? HedgeAfter { get; init; }

    /// <summary>
    /// The most between two probes of a tier that is out and that texts want; 10 ms to 1 hour. Default 500 ms. So soon after it is back,
    /// and the time that it takes to show its bundle, it is used again.
    /// </summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The most texts in one request; 1 to 4,096. Default 32.</summary>
    public int MaxBatch { get; init; } = 32;

    /// <summary>
    /// The most tokens (texts × padded length) in one request, so that one finishes well before the deadline;
    /// 1 to 1,048,576. Default 1,024.
    /// </summary>
    public int MaxBatchTokens { get; init; } = 1024;

    /// <summary>How many requests to one address of a tier may be under way at once; 1 to 256. Default 2.</summary>
    public int MaxConcurrency { get; init; } = 2;

    /// <summary>
    /// The confidence below which an answer abstains (<see cref="Classification.Abstained"/>); 0 to 1. Null, the default: none does.
    /// </summary>
    public double? AbstainBelow { get; init; }

    /// <summary>
    /// How many answers are kept, so that just the same text (and pair, and pinned tier) costs nothing when it comes again; 0 to
    /// 10,000,000. What is kept is a hash and the answer, not the text; fallbacks and what is to stay here are not kept. Those that were
    /// not asked for longest make room. Default 0: none is kept.
    /// </summary>
    public int CacheSize { get; init; }

    /// <summary>By what tiers are known, and what this client shows them.</summary>
    public TierSecurity Security { get; init; } = new();

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

    /// <summary>How long a text may take.</summary>
    internal TimeSpan WholeTimeout => Timeout ?? (2 * TierTimeouts.Values.Append(TierTimeout).Max());

    internal TimeSpan TimeoutOf(string tier)
    {
        var own = TierTimeouts.TryGetValue(tier, out var other) ? other : TierTimeout;
        return own < WholeTimeout ? own : WholeTimeout;
    }

    internal void Validate(InputErrors errors)
    {
        CheckTime(errors, OptionNames.Of<DimecClientOptions>(nameof(Timeout)), Timeout, TimeSpan.FromMilliseconds(1), "1 ms", 24);
        CheckTimeout(errors, OptionNames.Of<DimecClientOptions>(nameof(TierTimeout)), TierTimeout);
        foreach (var (tier, timeout) in TierTimeouts)
            CheckTimeout(errors, $"{OptionNames.Of<DimecClientOptions>(nameof(TierTimeouts))} {tier}", timeout);
        CheckRange(errors, nameof(MaxRetries), MaxRetries, 5, least: 0);
        CheckTimeout(errors, OptionNames.Of<DimecClientOptions>(nameof(HedgeAfter)), HedgeAfter);
        CheckTime(
            errors, OptionNames.Of<DimecClientOptions>(nameof(ProbeInterval)), ProbeInterval, TimeSpan.FromMilliseconds(10), "10 ms", 1);
        CheckRange(errors, nameof(MaxBatch), MaxBatch, 4096);
        CheckRange(errors, nameof(MaxBatchTokens), MaxBatchTokens, 1 << 20);
        CheckRange(errors, nameof(MaxConcurrency), MaxConcurrency, 256);
        CheckRange(errors, nameof(CacheSize), CacheSize, 10_000_000, least: 0);
        Security.Validate(errors, TierSecurity.Name);
        if (AbstainBelow is { } below && !(below is >= 0 and <= 1))
        {
            errors.Add(
                OptionNames.Of<DimecClientOptions>(nameof(AbstainBelow)), string.Create(CultureInfo.InvariantCulture, $"is {below}"),
                "give a confidence, 0 to 1");
        }

        if (Record is not null && string.IsNullOrWhiteSpace(Record))
            errors.Add(OptionNames.Of<DimecClientOptions>(nameof(Record)), "is empty", "name a file");
        if (RecordLimit is < RecordedExitsLog.LeastLimit or > RecordedExitsLog.MostLimit)
        {
            errors.Add(
                OptionNames.Of<DimecClientOptions>(nameof(RecordLimit)), $"is {RecordLimit}",
                $"give {RecordedExitsLog.LeastLimit} to {RecordedExitsLog.MostLimit}");
        }
    }

    private static void CheckTimeout(InputErrors errors, string where, TimeSpan? timeout) =>
        CheckTime(errors, where, timeout, TimeSpan.FromMilliseconds(1), "1 ms", 1);

    private static void CheckTime(InputErrors errors, string where, TimeSpan? time, TimeSpan least, string named, int hours)
    {
        if (time < least || time > TimeSpan.FromHours(hours))
            errors.Add(where, $"is {time}", $"give {named} to {hours} hour{(hours == 1 ? "" : "s")}");
    }

    private static void CheckRange(InputErrors errors, string option, int value, int most, int least = 1)
    {
        if (value < least || value > most)
            errors.Add(OptionNames.Of<DimecClientOptions>(option), $"is {value}", $"give {least} to {most}");
    }
}
