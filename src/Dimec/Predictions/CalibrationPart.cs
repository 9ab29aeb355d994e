namespace Dimec.Predictions;

/// <summary>
/// The part on which promises of a plan are tested, once the plans stand: nothing may be chosen on it, or what is promised there would be
/// fitted to its own test. Who tests promises takes this type alone.
/// </summary>
public sealed class CalibrationPart
{
    /// <summary>Takes the recorded exits of the calibration part.</summary>
    /// <param name="exits">Must be the part <c>calibration</c>, with the true class of every sample known, or of none.</param>
    /// <param name="file">How errors name their file; null: as the run's.</param>
    /// <exception cref="InputException">It is another part, or some true classes are known and others are not.</exception>
    public CalibrationPart(RecordedExits exits, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(exits);
        File = file ?? $"predictions/{exits.Part}.jsonl";
        if (exits.Part != PartNames.Calibration)
        {
            throw new InputException(
                File, $"is the part '{exits.Part}', on which no promise may be tested",
                "give predictions/calibration.jsonl");
        }

        IsLabelled = exits.Gold.Any(gold => gold >= 0);
        if (IsLabelled)
            exits.RequireGold(File);
        Exits = exits;
    }

    /// <summary>How errors name their file.</summary>
    public string File { get; }

    /// <summary>The recorded exits.</summary>
    public RecordedExits Exits { get; }

    /// <summary>Whether the true class of every sample is known; else it is of none, and what can be promised is agreement.</summary>
    public bool IsLabelled { get; }
}
