using Dimec.Cartography;
using Dimec.Pools;
using Dimec.Runs.Maps;

namespace Dimec.Reporting;

/// <summary>What a data map shows: the training samples by variability (σ) and confidence (μ), and how they are cut into pools.</summary>
public sealed record DataMapInputs
{
    /// <summary>The metrics of all training samples, or of those that stand for them (<see cref="MapSample"/>); at least one.</summary>
    public required IReadOnlyList<SampleMetrics> Samples { get; init; }

    /// <summary>How many training samples there are where <see cref="Samples"/> are not all of them; null where they are.</summary>
    public int? Of { get; init; }

    /// <summary>E: how many epochs the metrics were taken over, so that a correctness of E is "always right".</summary>
    public required int Epochs { get; init; }

    /// <summary>The layer number of the exit whose dynamics gave the metrics; null where unknown.</summary>
    public int? Exit { get; init; }

    /// <summary>α and the βs that cut the samples into pools; null draws the map without pools.</summary>
    public PoolThresholds? Thresholds { get; init; }

    /// <summary>
    /// Whether the plan's pools are cut by each tier's own exit: they are then no regions of any one exit's map, and the caption says so.
    /// </summary>
    public bool HasOwnExitPools { get; init; }

    /// <summary>What makes a sample hard under <see cref="Thresholds"/>.</summary>
    public HardRule HardRule { get; init; }

    /// <summary>The tiers' names, cheapest first, one a pool; empty where pools stand for no tiers.</summary>
    public IReadOnlyList<string> Tiers { get; init; } = [];

    /// <summary>
    /// How many samples are drawn at most. More are thinned by a hash of their guids, the same on every run; the picture says so.
    /// </summary>
    public int Shown { get; init; } = 4000;
}
