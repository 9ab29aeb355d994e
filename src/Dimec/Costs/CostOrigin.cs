using Dimec.Statistics;

namespace Dimec.Costs;

/// <summary>Where measured costs come from: what a plan keeps of the measurement that it was made with.</summary>
public sealed record CostOrigin
{
    /// <summary>When the measurement ended.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The machine that measured, and was the mobile.</summary>
    public required string Machine { get; init; }

    /// <summary>SHA-256 of the measurement's file, in hexadecimal.</summary>
    public required string Measurement { get; init; }

    /// <summary>How many samples travel and run together, at least 1; costs are those of one of them.</summary>
    public required int Rows { get; init; }

    /// <summary>The mean length of a sample, in tokens.</summary>
    public required double Tokens { get; init; }

    /// <summary>By the tier's name, the 95 % interval of what a sample costs that it processes wholly.</summary>
    public IReadOnlyDictionary<string, Interval> Intervals { get; init; } = new Dictionary<string, Interval>();

    /// <summary>What was not measured but assumed, a sentence each.</summary>
    public IReadOnlyList<string> Assumed { get; init; } = [];
}
