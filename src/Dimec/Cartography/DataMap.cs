using Dimec.Files;

namespace Dimec.Cartography;

/// <summary>Maps a training set: from the dynamics of its epochs to the metrics of its samples.</summary>
public static class DataMap
{
    /// <summary>The metrics of each sample; see <see cref="ReadDynamics"/>.</summary>
    /// <param name="epochs">The epochs, in order; at least one.</param>
    /// <param name="options">Burn-out and include_ci.</param>
    /// <exception cref="InputException">As there.</exception>
    public static IEnumerable<SampleMetrics> Read(IReadOnlyList<DynamicsEpoch> epochs, CartographyOptions options) =>
        ReadDynamics(epochs, options).Select(sample => sample.Metrics);

    /// <summary>
    /// Reads the epochs and yields what they say about each sample in the order of the first epoch's rows. While the rows of all epochs are
    /// in the same order they are read in lock-step, a block of each at a time; from the first row that differs on, the rest is joined by
    /// guid in scratch streams. In memory stay eight bytes a sample and a few blocks and buffers, whatever the number of epochs. Errors
    /// come while the result is enumerated.
    /// </summary>
    /// <param name="epochs">The epochs, in order; at least one.</param>
    /// <param name="options">Burn-out and include_ci.</param>
    /// <param name="scratch">Opens an empty stream that can be written, read and positioned, e.g. <see cref="ScratchFile.Open"/>; it is
    /// disposed when it is no longer needed. Null keeps the rest in memory.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InputException">There is no epoch, the options do not fit, a file is empty or malformed, a logit is not finite,
    /// the number of classes or a sample's gold differs between rows or epochs, a gold is out of range, or a guid comes twice in an
    /// epoch, is missing from one or is extra in one. The error names the file, the line and the guid.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public static IEnumerable<SampleDynamics> ReadDynamics(
        IReadOnlyList<DynamicsEpoch> epochs, CartographyOptions options, Func<Stream>? scratch = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        ArgumentNullException.ThrowIfNull(options);
        if (epochs.Count == 0)
        {
            throw new InputException(
                "training_dynamics", "holds no epoch", "name the files dynamics_epoch_0.jsonl, dynamics_epoch_1.jsonl, …");
        }

        return Enumerate(
            [.. epochs.Take(options.Keep(epochs.Count))], options.IncludeCi, scratch ?? (() => new MemoryStream()), cancellationToken);
    }

    private static IEnumerable<SampleDynamics> Enumerate(
        DynamicsEpoch[] epochs, bool includeCi, Func<Stream> scratch, CancellationToken cancellationToken)
    {
        using var feed = new EpochFeed(epochs, cancellationToken);
        var rows = new LockStepReader(feed);
        while (rows.TryRead())
        {
            yield return SampleDynamics.Of(
                MetricsFormulas.Of(rows.Guid, rows.Index, rows.Outcomes, includeCi), rows.Gold, rows.Sums, epochs.Length);
        }

        if (rows.IsAtEnd)
            yield break;

        using var join = new GuidJoin(feed, rows, includeCi, scratch);
        join.Spill();
        join.Join();
        foreach (var sample in join.Merge())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return sample;
        }
    }
}
