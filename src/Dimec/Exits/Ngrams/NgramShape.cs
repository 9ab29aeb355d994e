namespace Dimec.Exits.Ngrams;

/// <summary>What is true of an n-gram exit before it has any weights.</summary>
/// <param name="Classes">How many classes it tells apart, 2 … <see cref="MostClasses"/>.</param>
/// <param name="HasPair">Whether its texts are pairs.</param>
/// <param name="TableBits">2^bits buckets.</param>
/// <param name="Tokenizer">The lower-case hexadecimal SHA-256 of the tokenizer that the ids come from.</param>
internal sealed record NgramShape(int Classes, bool HasPair, int TableBits, string Tokenizer)
{
    public const int MostClasses = 4096;

    /// <summary>Whether a file keeps weights in 16 bits, instead of 8.</summary>
    public bool IsWide { get; init; }

    /// <summary>The words of 64 bits that say which buckets have a row.</summary>
    public int Words => 1 << (TableBits - 6);

    /// <summary>Holds what every scorer asks of a call.</summary>
    public void Check(ReadOnlySpan<int> pair, ReadOnlySpan<float> logits)
    {
        if (!HasPair && !pair.IsEmpty)
            throw new ArgumentException("The exit was trained on single texts, so there is no second one.", nameof(pair));
        if (logits.Length != Classes)
            throw new ArgumentException($"There are {Classes} classes, and room for {logits.Length} logits.", nameof(logits));
    }
}
