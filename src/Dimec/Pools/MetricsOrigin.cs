using Dimec.Cartography;

namespace Dimec.Pools;

/// <summary>
/// Whose probabilities give μ and σ (an open choice of the method, section 4), and how they were made of the dynamics. A plan keeps it.
/// </summary>
public sealed record MetricsOrigin
{
    /// <summary>
    /// The layer numbers of the exits whose dynamics gave the metrics:
    /// one for all tiers, or with <see cref="IsOwn"/> that of each tier but the last; empty where it is not known.
    /// </summary>
    public IReadOnlyList<int> Exits { get; init; } = [];

    /// <summary>True where each tier is judged by its own exit. Default: one exit for all.</summary>
    public bool IsOwn { get; init; }

    /// <summary>How the dynamics became metrics; null where the metrics came ready-made.</summary>
    public CartographyOptions? Options { get; init; }
}
