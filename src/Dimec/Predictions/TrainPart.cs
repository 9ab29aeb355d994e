namespace Dimec.Predictions;

/// <summary>
/// The training samples as the finished model's exits see them: what policies that are built on training samples may look at. The type
/// alone keeps the reported part out.
/// </summary>
public sealed class TrainPart
{
    /// <summary>Takes the recorded exits of the training samples.</summary>
    /// <param name="exits">Must be the part <c>train</c>; true classes may be unknown.</param>
    /// <exception cref="InputException">It is another part.</exception>
    public TrainPart(RecordedExits exits)
    {
        ArgumentNullException.ThrowIfNull(exits);
        if (exits.Part != PartNames.Train)
        {
            throw new InputException(
                $"predictions/{exits.Part}.jsonl", $"is the part '{exits.Part}', of which no pools may be made",
                "give predictions/train.jsonl");
        }

        Exits = exits;
    }

    /// <summary>The recorded exits.</summary>
    public RecordedExits Exits { get; }
}
