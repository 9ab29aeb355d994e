namespace Dimec.Runs.Records;

/// <summary>What a finished training came to.</summary>
public sealed record RunResults
{
    /// <summary>Steps of all stages.</summary>
    public required int Steps { get; init; }

    /// <summary>Each epoch's mean loss.</summary>
    public required IReadOnlyList<double> EpochLosses { get; init; }

    /// <summary>
    /// Each epoch's mean loss of the heads that were trained after the rest, on another loss; null where all were trained together.
    /// </summary>
    public IReadOnlyList<double>? EarlyExitsEpochLosses { get; init; }

    /// <summary>Accuracy by part and exit; parts with labels only.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<int, double>> Accuracy { get; init; }

    /// <summary>What was found in the texts, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What to know before the model is used, a sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Training samples a second.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>How many texts were cut.</summary>
    public required int Truncated { get; init; }
}
