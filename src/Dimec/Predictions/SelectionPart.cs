namespace Dimec.Predictions;

/// <summary>
/// The part on which policies, thresholds and temperatures are chosen. Planning takes this type alone, so that the part that is
/// reported cannot be tuned on by mistake.
/// </summary>
public sealed class SelectionPart
{
    /// <summary>Takes the recorded exits of the selection part.</summary>
    /// <param name="exits">Must be the part <c>selection</c>, with the true class of every sample known.</param>
    /// <exception cref="InputException">It is another part, or a true class is unknown.</exception>
    public SelectionPart(RecordedExits exits)
    {
        ArgumentNullException.ThrowIfNull(exits);
        if (exits.Part != PartNames.Selection)
        {
            throw new InputException(
                $"predictions/{exits.Part}.jsonl", $"is the part '{exits.Part}', on which nothing may be chosen",
                "plan on predictions/selection.jsonl");
        }

        exits.RequireGold();
        Exits = exits;
    }

    /// <summary>The recorded exits.</summary>
    public RecordedExits Exits { get; }
}
