using Dimec.Exits.Ngrams;
using Dimec.Text;

namespace Dimec.Exits.Bench;

/// <summary>A part of a task.</summary>
internal sealed class BenchPart
{
    public const int MaxLength = 128;

    public BenchPart(IReadOnlyList<Sample> samples, WordPieceTokenizer tokenizer)
    {
        Texts = samples;
        Samples =
        [
            .. samples.Select(sample => new NgramSample(
                Ids(tokenizer, sample.Text), sample.Pair is null ? null : Ids(tokenizer, sample.Pair), sample.Label)),
        ];
    }

    public IReadOnlyList<Sample> Texts { get; }

    public NgramSample[] Samples { get; }

    /// <summary>Percent of the samples that a scorer of one answers rightly.</summary>
    public double Accuracy(int classes, Scorer score)
    {
        var logits = new float[classes];
        var right = 0;
        for (var i = 0; i < Samples.Length; i++)
        {
            score(i, logits);
            right += Predictions.Softmax.ArgMax(logits) == Samples[i].Label ? 1 : 0;
        }

        return 100.0 * right / Samples.Length;
    }

    public double Accuracy(NgramWeights weights) =>
        Accuracy(weights.Classes, (i, logits) => weights.Score(Samples[i].Text, Samples[i].Pair, logits));

    public double Accuracy(NgramModel model) =>
        Accuracy(model.Classes, (i, logits) => model.Score(Samples[i].Text, Samples[i].Pair, logits));

    /// <summary>A text's ids, as many as an encoder would take.</summary>
    public static int[] Ids(WordPieceTokenizer tokenizer, string text)
    {
        Span<int> ids = stackalloc int[MaxLength];
        return ids[..tokenizer.Encode(text, ids)].ToArray();
    }

    public delegate void Scorer(int sample, Span<float> logits);
}
