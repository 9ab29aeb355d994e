using System.Buffers;
using System.Runtime.InteropServices;

namespace Dimec.Inference.Client;

/// <summary>The n-gram exit over texts: an answer before any layer has run. Any number of threads may use it.</summary>
/// <param name="bundle">A bundle that has one.</param>
internal sealed class ExitZero(Bundle bundle)
{
    /// <summary>One logit a class.</summary>
    /// <param name="input">A text, and its pair where the bundle takes pairs.</param>
    public float[] Score(TextInput input)
    {
        var longest = bundle.Manifest.MaxLength;
        var room = ArrayPool<int>.Shared.Rent(2 * longest);
        var text = room.AsSpan(0, longest);
        var pair = room.AsSpan(longest, longest);
        var logits = new float[bundle.Manifest.Labels.Count];
        // As it was trained: of each text its first tokens, without those that an encoder puts around them.
        bundle.Ngram!.Score(
            text[..bundle.Tokenizer.Encode(input.Text, text)],
            input.Pair is null ? [] : pair[..bundle.Tokenizer.Encode(input.Pair, pair)], logits);
        ArrayPool<int>.Shared.Return(room);
        return logits;
    }

    /// <summary>
    /// One logit a class, of the tokens that a tier was asked with. Of a text that was cut for the encoder it sees as much as that does,
    /// which may be the few tokens less that special ones take.
    /// </summary>
    /// <param name="row">The tokens, as the bundle's tokenizer gives them.</param>
    /// <returns>Null where they are another tokenizer's.</returns>
    public float[]? Score(TierRow row)
    {
        var ids = new List<int>(row.Length);
        for (var i = 0; i < row.Length; i++)
        {
            if (row.Mask.Span[i] != 0)
                ids.Add((int)row.Ids.Span[i]);
        }

        var tokens = CollectionsMarshal.AsSpan(ids);
        if (bundle.Tokenizer.Split(tokens, bundle.Manifest.HasPair) is not { } texts)
            return null;
        var logits = new float[bundle.Manifest.Labels.Count];
        bundle.Ngram!.Score(tokens[texts.Text], tokens[texts.Pair], logits);
        return logits;
    }
}
