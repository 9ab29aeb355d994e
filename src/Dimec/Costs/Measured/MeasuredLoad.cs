namespace Dimec.Costs.Measured;

/// <summary>What is to be processed: samples of which lengths, and how many at a time.</summary>
/// <param name="Buckets">The lengths with their shares, which sum to 1.</param>
/// <param name="Rows">Samples in a batch, at least 1; costs are those of one of them.</param>
public sealed record MeasuredLoad(IReadOnlyList<MeasuredBucket> Buckets, int Rows = 1)
{
    /// <summary>The mean length of a sample, in tokens.</summary>
    public double Tokens => Buckets.Sum(bucket => bucket.Tokens * bucket.Share);

    /// <summary>The load that was measured: its lengths, alone.</summary>
    /// <param name="measurement">The measurement.</param>
    public static MeasuredLoad Of(Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        return new MeasuredLoad(measurement.Buckets);
    }

    /// <summary>The load of samples of known lengths.</summary>
    /// <param name="lengths">Tokens of each sample; at least one.</param>
    /// <param name="rows">Samples in a batch.</param>
    public static MeasuredLoad OfLengths(IReadOnlyCollection<int> lengths, int rows = 1)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        return new MeasuredLoad(
            [.. lengths.GroupBy(length => length).OrderBy(group => group.Key)
                .Select(group => new MeasuredBucket(group.Key, group.Count() / (double)lengths.Count))],
            rows);
    }
}
