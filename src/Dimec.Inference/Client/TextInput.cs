namespace Dimec.Inference;

/// <summary>A text to classify.</summary>
/// <param name="Text">The text.</param>
/// <param name="Pair">The second text, where the task has pairs.</param>
/// <param name="Guid">The sample's name, by which a policy may decide; null: the text itself, so that one text is decided one way.</param>
public sealed record TextInput(string Text, string? Pair = null, string? Guid = null)
{
    /// <summary>
    /// Whether nothing of it may leave this machine: no other tier is asked, nothing of it is recorded, and no answer to it is kept. What
    /// the plan would have sent on is answered here, as a fallback for the reason <see cref="TierFailureReason.NotAllowed"/>.
    /// </summary>
    public bool IsLocalOnly { get; init; }

    /// <summary>
    /// The name of the tier that is to answer with its own exit, whatever the plan says; null, the default: the plan decides. Where that
    /// tier cannot be had, another one answers in its place as ever, and the answer says so.
    /// </summary>
    public string? Tier { get; init; }
}
