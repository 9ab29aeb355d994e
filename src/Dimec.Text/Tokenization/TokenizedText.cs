namespace Dimec.Text;

/// <summary>A text, or pair of texts, as an encoder takes it.</summary>
/// <param name="Ids">Token ids, special tokens included, no padding; length 1..maximum length.</param>
/// <param name="TypeIds">For each token 0, or 1 where it belongs to the second text;
/// as long as <paramref name="Ids"/>, or empty where they are of no account.</param>
/// <param name="Truncated">Whether tokens were cut off to keep to the maximum length.</param>
public sealed record TokenizedText(int[] Ids, int[] TypeIds, bool Truncated)
{
    /// <summary>
    /// Whether the text, or one of a pair, came to tokens and all of them are the unknown token: the vocabulary has nothing of it.
    /// </summary>
    public bool IsUnknown { get; init; }
}
