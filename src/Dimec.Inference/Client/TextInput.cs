namespace Dimec.Inference;

/// <summary>A text to classify.</summary>
/// <param name="Text">The text.</param>
/// <param name="Pair">The second text, where the task has pairs.</param>
/// <param name="Guid">The sample's name, by which a policy may decide; null: the text itself, so that one text is decided one way.</param>
public sealed record TextInput(string Text, string? Pair = null, string? Guid = null);
