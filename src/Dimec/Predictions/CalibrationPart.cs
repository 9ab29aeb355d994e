namespace Dimec.Predictions;

/// <summary>
/// The part on which promises of a plan are tested, once the plan stands: nothing may be chosen on it, or what is promised there would be
/// fitted to its own test. Who tests promises takes this type alone.
/// </summary>
public sealed class CalibrationPart
{
    /// <summary>Takes the recorded exits of the calibration part.</summary>
    /// <param name="exits">Must be the part <c>calibration</c>, with the true class of every sample known.</param>
    /// <exception cref="InputException">It is another part, or a true class is unknown.</exception>
    public CalibrationPart(RecordedExits exits)
    {
        ArgumentNullException.ThrowIfNull(exits);
        if (exits.Part != PartNames.Calibration)
        {
            throw new InputException(
                $"predictions/{exits.Part}.jsonl", $"is the part '{exits.Part}', on which no promise may be tested",
                "give predictions/calibration.jsonl");
        }

        exits.RequireGold();
        Exits = exits;
    }

    /// <summary>The recorded exits.</summary>
    public RecordedExits Exits { get; }
}
