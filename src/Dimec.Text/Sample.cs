namespace Dimec.Text;

/// <summary>One text, or pair of texts, and its class.</summary>
/// <param name="Guid">
/// Stable name, unique over all parts of a task. From a file: the file's part and the row's number from 0, e.g. <c>train-17</c>
/// (a row keeps it whichever part it is split into). From <c>sdk-docs</c>: <c>sdk-</c> and 16 hex digits of the text's SHA-256.
/// </param>
/// <param name="Text">The text; may be empty.</param>
/// <param name="Pair">The second text of a pair task; null where the task has single texts.</param>
/// <param name="Label">Index into the task's labels; −1 where it is unknown.</param>
public sealed record Sample(string Guid, string Text, string? Pair, int Label);
