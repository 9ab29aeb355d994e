using Dimec.Cartography;

namespace Dimec.Pools;

/// <summary>
/// Whose dynamics make the pools, and how (an open choice of the method, section 4):
/// what is asked for, where <see cref="MetricsOrigin"/> says what was used.
/// </summary>
public sealed record MetricsChoice
{
    /// <summary>The exit that judges for all tiers, by its layer; null for the last.</summary>
    public int? Exit { get; init; }

    /// <summary>Whether each tier is judged by its own exit instead.</summary>
    public bool IsOwn { get; init; }

    /// <summary>How the dynamics become metrics.</summary>
    public CartographyOptions Options { get; init; } = new();

    /// <summary>The choice that metrics were made by; the default where there are none.</summary>
    /// <param name="origin">What the metrics came from.</param>
    public static MetricsChoice Of(MetricsOrigin? origin) => origin is null
        ? new MetricsChoice()
        : new MetricsChoice
        {
            Exit = origin is { IsOwn: false, Exits: [var exit] } ? exit : null,
            IsOwn = origin.IsOwn,
            Options = origin.Options ?? new CartographyOptions(),
        };
}
