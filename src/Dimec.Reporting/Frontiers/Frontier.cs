namespace Dimec.Reporting;

/// <summary>Cost against accuracy of every policy under one cost structure, all on the same samples.</summary>
public sealed record Frontier
{
    /// <summary>What the cost structure is called, e.g. <c>default</c> or <c>o = 0</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The unit of the costs, e.g. <c>layers</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>The part of the data that the points were measured on, e.g. <c>dev</c>.</summary>
    public required string Part { get; init; }

    /// <summary>How many samples that part has.</summary>
    public required int Count { get; init; }

    /// <summary>The series, in the order of the legend. Single tiers come cheapest first, one point a series or all in one.</summary>
    public required IReadOnlyList<FrontierSeries> Series { get; init; }

    /// <summary>The point of the chosen plan, ringed; null where there is none.</summary>
    public PlottedPoint? Chosen { get; init; }
}
