using Dimec.Cartography;
using Dimec.Text;

namespace Dimec.Runs.Maps;

/// <summary>How a run is mapped.</summary>
public sealed record MapOptions
{
    /// <summary>The exit whose dynamics are mapped, by its layer; null for the last.</summary>
    public int? Exit { get; init; }

    /// <summary>How dynamics become metrics.</summary>
    public CartographyOptions Cartography { get; init; } = new();

    /// <summary>How many of the labels that are likeliest wrong are kept, 1 or more; null for none.</summary>
    public int? LabelIssues { get; init; }

    /// <summary>The data that has their texts; null for those that the run's record names, and for none where it has no record.</summary>
    public DataSpec? Data { get; init; }

    /// <summary>The folder that the files go into; null for the run's own.</summary>
    public string? Out { get; init; }
}
