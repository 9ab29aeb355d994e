namespace Dimec.Cartography;

/// <summary>Maps a training set: from the dynamics of its epochs to the metrics of its samples.</summary>
public static class DataMap
{
    /// <summary>
    /// Reads the epochs and yields the metrics of each sample in the order of the first epoch's rows. While the rows of all epochs are
    /// in the same order they are read in lock-step, a row of each at a time; from the first row that differs on, the rest is joined
    /// by guid in memory. Errors come while the result is enumerated.
    /// </summary>
    /// <param name="epochs">The epochs, in order; at least one.</param>
    /// <param name="options">Burn-out and include_ci.</param>
    /// <exception cref="InputException">There is no epoch, the options do not fit, a file is empty or malformed, a logit is not finite,
    /// the number of classes or a sample's gold differs between rows or epochs, a gold is out of range, or a guid comes twice in an
    /// epoch, is missing from one or is extra in one. The error names the file, the line and the guid.</exception>
    public static IEnumerable<SampleMetrics> Read(IReadOnlyList<DynamicsEpoch> epochs, CartographyOptions options)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        ArgumentNullException.ThrowIfNull(options);
        if (epochs.Count == 0)
            throw new InputException("training_dynamics", "holds no epoch", "name the files dynamics_epoch_0.jsonl, dynamics_epoch_1.jsonl, …");
        return Enumerate([.. epochs.Take(options.Keep(epochs.Count))], options.IncludeCi);
    }

    private static IEnumerable<SampleMetrics> Enumerate(DynamicsEpoch[] epochs, bool includeCi)
    {
        using var rows = new LockStepReader(epochs);
        while (rows.TryRead())
            yield return MetricsFormulas.Of(rows.Guid, rows.Index, rows.Outcomes, includeCi);
        if (rows.IsAtEnd)
            yield break;

        var join = new GuidJoin(rows);
        for (var i = 0; i < join.Count; i++)
            yield return MetricsFormulas.Of(join.Guid(i), rows.Index + i, join.Outcomes(i), includeCi);
    }
}
