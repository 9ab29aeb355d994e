namespace Dimec.Exits.Ngrams;

/// <summary>
/// A trained n-gram exit in fp32: z = Σ W_f / √n + b over the n features f of a text (method section 9). <see cref="Quantize"/> makes of it
/// what is served. Immutable; any number of threads may use it.
/// </summary>
public sealed class NgramWeights
{
    private readonly SoftmaxRows _weights;

    internal NgramWeights(NgramShape shape, BucketRows rows, SoftmaxRows weights, int[] counts) =>
        (Shape, Rows, _weights, Counts) = (shape, rows, weights, counts);

    /// <summary>How many classes it tells apart.</summary>
    public int Classes => Shape.Classes;

    /// <summary>Whether its texts are pairs.</summary>
    public bool HasPair => Shape.HasPair;

    /// <summary>The learning rate that it was trained with: what was asked for, or what was chosen.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How many buckets have weights: those that the training samples' features fell into.</summary>
    public int RowCount => Rows.Count;

    internal NgramShape Shape { get; }

    internal BucketRows Rows { get; }

    /// <summary>How many training samples have each row's feature.</summary>
    internal int[] Counts { get; }

    internal ReadOnlySpan<float> Bias => _weights.Bias[..Classes];

    /// <summary>Answers a text.</summary>
    /// <param name="text">The token ids of the text, or of a pair's first text, without special tokens.</param>
    /// <param name="pair">Those of a pair's second text; empty for a single text.</param>
    /// <param name="logits">Receives a logit a class.</param>
    /// <exception cref="ArgumentException">There is a pair where there can be none, or not a logit a class.</exception>
    public void Score(ReadOnlySpan<int> text, ReadOnlySpan<int> pair, Span<float> logits)
    {
        Shape.Check(pair, logits);
        var room = new int[NgramFeatures.Room(text.Length, pair.Length, HasPair)];
        var features = NgramFeatures.Collect(text, pair, HasPair, Shape.TableBits, room);
        var value = NgramFeatures.Value(features.Length);
        var padded = new float[_weights.Stride];
        _weights.Score(Rows.Replace(features), value, padded);
        padded.AsSpan(0, Classes).CopyTo(logits);
    }

    /// <summary>
    /// Rounds the weights, each class by a scale of its own: to 16 bits where that fits, which moves next to no answer, else to 8. Rows
    /// that come to nothing are left out, and where they are still more than fit, those that move the fewest logits the least.
    /// </summary>
    /// <param name="maxBytes">How long the file may be, in bytes; default 4,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not even the table of the buckets fits.</exception>
    public NgramModel Quantize(int maxBytes = 4_000_000) => Quantizer.Quantize(this, maxBytes);

    internal ReadOnlySpan<float> Row(int row) => _weights.Row(row)[..Classes];
}
