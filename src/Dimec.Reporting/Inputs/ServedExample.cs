namespace Dimec.Reporting;

/// <summary>A sample that a place answered.</summary>
/// <param name="Place">Where: exit 0, or the tier's name.</param>
/// <param name="Text">Its text; may be cut.</param>
/// <param name="Answer">The label that was answered.</param>
/// <param name="Confidence">How sure, 0 to 1.</param>
/// <param name="Truth">The true label.</param>
public sealed record ServedExample(string Place, string Text, string Answer, double Confidence, string Truth);
