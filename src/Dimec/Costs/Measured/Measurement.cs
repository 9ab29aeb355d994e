namespace Dimec.Costs.Measured;

/// <summary>
/// What <c>dimec measure</c> saw: milliseconds and bytes, and nothing converted. A cost file of any unit is made of it
/// (<see cref="CostConversion"/>), as often as prices or assumptions change.
/// </summary>
public sealed record Measurement
{
    /// <summary>When it ended.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The machine that measured, and was the first tier.</summary>
    public required string Machine { get; init; }

    /// <summary>The hash of the bundle that the tiers held.</summary>
    public required string Bundle { get; init; }

    /// <summary>The lengths that were measured, shortest first, with their shares of the samples.</summary>
    public required IReadOnlyList<MeasuredBucket> Buckets { get; init; }

    /// <summary>How hidden states travel by the bundle's plan.</summary>
    public required PayloadKind HiddenStates { get; init; }

    /// <summary>Milliseconds to make tokens of a text.</summary>
    public required MeasuredValue Tokenizing { get; init; }

    /// <summary>Milliseconds of exit 0 on a text; null where the bundle has none.</summary>
    public MeasuredValue? ExitZero { get; init; }

    /// <summary>What the first tier's machine drew while it ran; null where the machine cannot tell.</summary>
    public MeasuredPower? Power { get; init; }

    /// <summary>The tiers, the first of them the one that ran here.</summary>
    public required IReadOnlyList<MeasuredTier> Tiers { get; init; }

    /// <summary>The batch sizes that were measured, ascending.</summary>
    public IReadOnlyList<int> Rows => [.. Tiers[0].Runs.Select(run => run.Rows).Distinct().Order()];

    /// <summary>Reads a measurement's file (JSON, <c>format</c> 1).</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <exception cref="InputException">Everything that is wrong with the file, together.</exception>
    public static Measurement Read(Stream stream, string where) => MeasurementJson.Read(stream, where);

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream) => MeasurementJson.Write(this, stream);
}
