using Dimec.Cartography;

namespace Dimec.Pools;

/// <summary>The samples of a part on the data map, as pools need them: μ and σ from one exit, or from each tier's own.</summary>
public sealed class PoolMetrics
{
    private readonly IReadOnlyList<SampleMetrics>[] _places;

    private PoolMetrics(IReadOnlyList<SampleMetrics>[] places, MetricsOrigin origin) => (_places, Origin) = (places, origin);

    /// <summary>What the metrics came from.</summary>
    public MetricsOrigin Origin { get; }

    /// <summary>The number of samples, at least one.</summary>
    public int Count => _places[0].Count;

    /// <summary>The number of exits that judge a sample: one, or with each tier's own that of the tiers but the last.</summary>
    internal int Places => _places.Length;

    /// <summary>A sample's name.</summary>
    /// <param name="sample">The sample, from 0.</param>
    public SampleGuid Guid(int sample) => _places[0][sample].Guid;

    /// <summary>Takes the metrics that one exit gave, for all tiers.</summary>
    /// <param name="metrics">The samples' metrics.</param>
    /// <param name="exit">The exit's layer number, where known.</param>
    /// <param name="options">How the dynamics became metrics; null where they came ready-made.</param>
    /// <exception cref="InputException">There are no samples, or a guid comes twice.</exception>
    public static PoolMetrics OfOneExit(IReadOnlyList<SampleMetrics> metrics, int? exit, CartographyOptions? options)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        RequireSamples(metrics);
        return new PoolMetrics([metrics], new MetricsOrigin { Exits = exit is { } layer ? [layer] : [], Options = options });
    }

    /// <summary>Takes the metrics that each tier's own exit gave, and joins them by guid.</summary>
    /// <param name="byExit">For each tier but the last, shallowest first:
    /// its exit's layer number, and the metrics of the same samples in any order.</param>
    /// <param name="options">How the dynamics became metrics.</param>
    /// <exception cref="InputException">There are no samples, a guid comes twice, or an exit has other samples than the first.</exception>
    public static PoolMetrics OfOwnExits(
        IReadOnlyList<(int Exit, IReadOnlyList<SampleMetrics> Metrics)> byExit, CartographyOptions options)
    {
        ArgumentNullException.ThrowIfNull(byExit);
        ArgumentOutOfRangeException.ThrowIfZero(byExit.Count);
        var first = byExit[0];
        RequireSamples(first.Metrics);
        return new PoolMetrics(
            [first.Metrics, .. byExit.Skip(1).Select(exit => InOrderOf(first, exit))],
            new MetricsOrigin { Exits = [.. byExit.Select(exit => exit.Exit)], IsOwn = true, Options = options });
    }

    /// <summary>The pool, and so the tier, of a sample.</summary>
    /// <param name="sample">The sample, from 0.</param>
    /// <param name="thresholds">The cuts.</param>
    /// <param name="rule">What makes a sample hard, where one exit judges;
    /// with each tier's own the last tier takes what no other took.</param>
    /// <returns>The tier, from 0 for the shallowest.</returns>
    public int TierOf(int sample, PoolThresholds thresholds, HardRule rule)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        if (!Origin.IsOwn)
            return thresholds.TierOf(Confidence(sample, 0), Variability(sample, 0), rule);
        for (var tier = 0; tier < _places.Length; tier++)
        {
            if (thresholds.OwnExitTakes(tier, Confidence(sample, tier), Variability(sample, tier)))
                return tier;
        }

        return thresholds.Tiers - 1;
    }

    internal double Confidence(int sample, int place) => _places[place][sample].Confidence;

    internal double Variability(int sample, int place) => _places[place][sample].Variability;

    private static void RequireSamples(IReadOnlyList<SampleMetrics> metrics)
    {
        if (metrics.Count == 0)
            throw new InputException("metrics", "hold no samples", "run the map on dynamics that hold some");
        // Predictions and embeddings are joined by the text, in which a number and its digits are one.
        var seen = new HashSet<string>();
        if (metrics.FirstOrDefault(sample => !seen.Add(sample.Guid.Text)) is { } twice)
        {
            throw new InputException(
                "metrics", $"guid '{twice.Guid}' comes twice (the number and the text of its digits are the same)",
                "give every sample a guid of its own");
        }
    }

    private static SampleMetrics[] InOrderOf(
        (int Exit, IReadOnlyList<SampleMetrics> Metrics) first, (int Exit, IReadOnlyList<SampleMetrics> Metrics) other)
    {
        RequireSamples(other.Metrics);
        var byGuid = other.Metrics.ToDictionary(sample => sample.Guid);
        if (first.Metrics.FirstOrDefault(sample => !byGuid.ContainsKey(sample.Guid)) is { } missing)
        {
            throw new InputException(
                $"dynamics of exit {other.Exit}", $"lack guid '{missing.Guid}', which exit {first.Exit} has",
                "record the same samples at every exit");
        }

        if (byGuid.Count > first.Metrics.Count)
        {
            throw new InputException(
                $"dynamics of exit {other.Exit}", $"hold {byGuid.Count} samples where exit {first.Exit} has {first.Metrics.Count}",
                "record the same samples at every exit");
        }

        return [.. first.Metrics.Select(sample => byGuid[sample.Guid])];
    }
}
