namespace Dimec.Exits.Ngrams;

/// <summary>The logits of many texts, in the order of the texts.</summary>
public sealed class NgramLogits
{
    private readonly float[] _logits;

    internal NgramLogits(int count, int classes)
    {
        (Count, Classes) = (count, classes);
        _logits = new float[checked(count * classes)];
    }

    /// <summary>How many texts there are.</summary>
    public int Count { get; }

    /// <summary>Logits a text.</summary>
    public int Classes { get; }

    /// <summary>A text's logits, one a class.</summary>
    /// <param name="text">The text, from 0.</param>
    public ReadOnlySpan<float> this[int text] => Of(text);

    internal Span<float> Of(int text) => _logits.AsSpan(text * Classes, Classes);
}
