using Dimec.Cartography;
using Dimec.Policies;

namespace Dimec.Cli.Runs;

/// <summary>Whose dynamics make the pools, and how.</summary>
internal sealed record MapChoice
{
    /// <summary>The exit that judges for all tiers, by its layer; null for the last.</summary>
    public int? Exit { get; init; }

    /// <summary>Whether each tier is judged by its own exit instead.</summary>
    public bool IsOwn { get; init; }

    /// <summary>How the dynamics become metrics.</summary>
    public CartographyOptions Options { get; init; } = new();

    /// <summary>What a plan of pools was made with; the default where there is none.</summary>
    public static MapChoice Of(PoolsParameters? pools) => pools is null
        ? new MapChoice()
        : new MapChoice
        {
            Exit = pools.Metrics is { IsOwn: false, Exits: [var exit] } ? exit : null,
            IsOwn = pools.Metrics.IsOwn,
            Options = pools.Metrics.Options ?? new CartographyOptions(),
        };
}
