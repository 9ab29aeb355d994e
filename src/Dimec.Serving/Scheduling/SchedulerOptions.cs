namespace Dimec.Serving.Scheduling;

/// <summary>How much waits and runs.</summary>
/// <param name="InstanceCount">How many runs there are at once, each on a thread of its own.</param>
/// <param name="QueueSize">How many items may wait.</param>
/// <param name="Limits">How large a run may be.</param>
internal sealed record SchedulerOptions(int InstanceCount, int QueueSize, BatchLimits Limits)
{
    /// <summary>How long a run that could take more rows waits for them while an instance is idle.</summary>
    public TimeSpan BatchDelay { get; init; }

    /// <summary>What a tier is told.</summary>
    public static SchedulerOptions Of(DimecTierOptions options) => new(
        options.InstanceCount, options.QueueSize, new BatchLimits(options.MaxBatch, options.MaxTokens, options.MaxAttention))
    {
        BatchDelay = options.BatchDelay,
    };
}
