using Dimec.Exits.Ngrams;

namespace Dimec.Tests.Made;

/// <summary>Texts of a small language, the same that <c>restatement.py</c> makes.</summary>
internal static class MadeTexts
{
    public static readonly string Tokenizer = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));

    public static NgramSample[] Of(int count, int classes, bool pairs, ulong seed = 7)
    {
        var state = seed;
        return [.. Enumerable.Range(0, count).Select(_ => Sample())];

        NgramSample Sample()
        {
            var label = Draw(classes);
            int[] text = [.. Many(() => Draw(3) > 0 ? Draw(5) + (3 * label) : Draw(20))];
            int[]? pair = pairs ? [.. Many(() => text.Length > 0 && Draw(2) > 0 ? text[Draw(text.Length)] : Draw(20))] : null;
            return new NgramSample(text, pair, label);
        }

        IEnumerable<int> Many(Func<int> token)
        {
            var length = Draw(8);
            for (var i = 0; i < length; i++)
                yield return token();
        }

        int Draw(int bound) => (int)Math.BigMul(NgramHash.Mix(state += 0x9E3779B97F4A7C15), (ulong)bound, out _);
    }

    /// <summary>An exit trained on such texts.</summary>
    public static NgramWeights Train(int count = 60, int classes = 3, bool pairs = false, NgramOptions? options = null) =>
        NgramTrainer.Train(Of(count, classes, pairs), classes, Tokenizer, options ?? new NgramOptions { LearningRate = 1, TableBits = 12 });

    /// <summary>As it is served where there is no room for 16 bits.</summary>
    public static NgramModel Narrow(this NgramWeights weights) =>
        weights.Quantize((int)NgramFormat.Length(weights.Shape with { IsWide = false }, weights.RowCount));

    public static float[] Score(this NgramWeights weights, int[] text, int[]? pair = null)
    {
        var logits = new float[weights.Classes];
        weights.Score(text, pair, logits);
        return logits;
    }

    public static float[] Score(this NgramModel model, int[] text, int[]? pair = null)
    {
        var logits = new float[model.Classes];
        model.Score(text, pair, logits);
        return logits;
    }

    public static byte[] Bytes(this NgramModel model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }

    public static NgramModel Read(byte[] bytes, string? tokenizer = null)
    {
        using var stream = new MemoryStream(bytes);
        return NgramModel.Read(stream, "ngram.bin", tokenizer ?? Tokenizer);
    }
}
