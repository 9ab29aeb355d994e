using Dimec.Exits.Ngrams;
using Dimec.Text;

namespace Dimec.Runs.Ngrams;

/// <summary>
/// Texts as exit 0 reads them: the tokens that the encoder would get, without the special ones, of each text the first so many.
/// </summary>
/// <param name="tokenizer">The run's tokenizer.</param>
/// <param name="maxLength">The most tokens of a text.</param>
public sealed class NgramTexts(WordPieceTokenizer tokenizer, int maxLength)
{
    private readonly int[] _room = new int[maxLength];

    /// <summary>The token ids of a text.</summary>
    /// <param name="text">The text.</param>
    public int[] Of(string text) => _room[..tokenizer.Encode(text, _room)];

    /// <summary>A sample to train on or to answer.</summary>
    /// <param name="sample">The sample.</param>
    public NgramSample Of(Sample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return new NgramSample(Of(sample.Text), sample.Pair is null ? null : Of(sample.Pair), sample.Label);
    }
}
