using System.Text.Json.Nodes;
using Dimec.Checkpoints;
using Dimec.Text;

namespace Dimec.Runs.Records;

/// <summary>What is known of a run when its training begins.</summary>
public sealed record RunBeginning
{
    /// <summary>Every setting that decides the weights: <see cref="RunRecord.SettingsOf"/>.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>What the encoder was called.</summary>
    public required string Backbone { get; init; }

    /// <summary>The encoder.</summary>
    public required Checkpoint Checkpoint { get; init; }

    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The task's metric.</summary>
    public required string Metric { get; init; }

    /// <summary>The task's parts, the training samples first.</summary>
    public required IReadOnlyList<Dataset> Parts { get; init; }

    /// <summary>Where the data come from.</summary>
    public required IReadOnlyList<DataSource> Sources { get; init; }

    /// <summary>Libraries, operating system, processor and, under <c>threads</c>, threads.</summary>
    public required JsonObject Machine { get; init; }

    /// <summary>The word of the precision that the call asked for, which may be to measure.</summary>
    public required string AskedPrecision { get; init; }

    /// <summary>How many times as fast as fp32 bf16 was; null where it was not measured.</summary>
    public double? Bf16Speed { get; init; }

    /// <summary>The options of the call, by name.</summary>
    public required IReadOnlyDictionary<string, string> Notes { get; init; }
}
