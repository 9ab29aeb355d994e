namespace Dimec.Exits.Ngrams;

/// <summary>A text to train the n-gram exit on, with what it is to answer.</summary>
/// <param name="Text">The token ids of the text, or of a pair's first text, without special tokens; may be empty.</param>
/// <param name="Pair">Those of a pair's second text; null for a single text.</param>
/// <param name="Label">The true class, from 0; of no account where there is a <see cref="Distribution"/>.</param>
public sealed record NgramSample(int[] Text, int[]? Pair, int Label)
{
    /// <summary>
    /// A probability a class, together 1, e.g. another exit's softmax over a text that has no label; null for the label alone.
    /// </summary>
    public float[]? Distribution { get; init; }
}
