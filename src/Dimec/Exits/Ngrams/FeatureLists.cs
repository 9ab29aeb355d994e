namespace Dimec.Exits.Ngrams;

/// <summary>The features of many texts, one list a text.</summary>
/// <param name="Starts">Where each text's list begins, and at the end where the last one ends.</param>
/// <param name="Values">All lists, one after the other: buckets, or rows of weights; none twice in a list.</param>
internal sealed record FeatureLists(int[] Starts, int[] Values)
{
    public int Count => Starts.Length - 1;

    public ReadOnlySpan<int> this[int text] => Values.AsSpan(Starts[text]..Starts[text + 1]);
}
