namespace Dimec.Bundles;

/// <summary>
/// A sample with the trained model's answers, so that whoever runs a bundle's models can check that they answer the same.
/// </summary>
/// <param name="Text">The text.</param>
/// <param name="Pair">The second text, or null for a single one.</param>
/// <param name="Logits">For each exit, by its layer number, the logits of the classes.</param>
public sealed record GoldenSample(string Text, string? Pair, IReadOnlyDictionary<int, float[]> Logits);
