using System.IO.Compression;
using Dimec.Bundles;
using Dimec.Inference;
using Dimec.Inference.Batching;
using Dimec.Inference.Walks;
using Dimec.Policies.Resuming;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Resume.Bench;

/// <summary>What a part says when every text goes all the way over hidden states, beside the unbroken model.</summary>
/// <param name="Texts">How many texts there are.</param>
/// <param name="LargestDifference">Of any logit.</param>
/// <param name="LabelsEqual">The share of texts with the same label.</param>
/// <param name="BytesOfText">A text's UTF-8 bytes, the mean.</param>
/// <param name="BytesOfIds">Its ids and mask as a request has them, 8 bytes each.</param>
/// <param name="BytesOfStates">Its hidden states once, in these numbers.</param>
/// <param name="BytesCompressed">The same by gzip.</param>
internal sealed record Resumed(
    int Texts, double LargestDifference, double LabelsEqual, double BytesOfText, double BytesOfIds, double BytesOfStates,
    double BytesCompressed)
{
    private const int BatchSize = 32;

    public static Resumed Of(Bundle bundle, Dataset part, HiddenStateFormat format)
    {
        TierModel[] models = [.. bundle.Manifest.Tiers.Select(tier => TierModel.Load(bundle, tier.Name))];
        TokenizedText[] texts = [.. part.Samples.Select(sample =>
            bundle.Tokenizer.Encode(sample.Text, sample.Pair, bundle.Manifest.MaxLength))];
        var (largest, equal, bytes, compressed) = (0.0, 0, 0L, 0L);
        foreach (var places in LengthBatches.Of(texts, BatchSize, int.MaxValue))
        {
            using var padded = new PaddedRows(
                [.. places.Select(place => TierRow.Of(texts[place], bundle.Shape.UsesTokenTypes))], bundle.Shape, fromIds: true);
            var (input, classes) = (padded.Input, bundle.Shape.Classes);
            var (whole, resumed) = (new float[input.Batch * classes], new float[input.Batch * classes]);
            models[^1].Run(models[^1].Stretches[0], input, whole, []);
            for (var tier = 0; tier < models.Length; tier++)
            {
                var layers = tier == 0
                    ? models[0].Stretches[0]
                    : new LayerStretch(models[tier - 1].Tier.Exit, models[tier].Tier.Exit);
                var states = tier < models.Length - 1 ? new float[input.Batch * input.Length * bundle.Shape.HiddenSize] : [];
                models[tier].Run(layers, input, resumed, states);
                if (states.Length == 0)
                    continue;
                var sent = HiddenStateCodec.Encode(states, input.Batch, input.Length, format);
                bytes += sent.Sum(tensor => (long)tensor.Raw.Length);
                compressed += sent.Sum(tensor => Compressed(tensor.Raw.Span));
                input = input with { Hidden = HiddenStateCodec.Decode(sent[0], sent.ElementAtOrDefault(1), bundle.Shape.HiddenSize) };
            }

            for (var i = 0; i < whole.Length; i++)
                largest = Math.Max(largest, Math.Abs(whole[i] - resumed[i]));
            for (var row = 0; row < input.Batch; row++)
            {
                var own = new Range(row * classes, (row + 1) * classes);
                equal += Softmax.ArgMax(whole.AsSpan(own)) == Softmax.ArgMax(resumed.AsSpan(own)) ? 1 : 0;
            }
        }

        double count = texts.Length;
        var sendings = count * (models.Length - 1);
        foreach (var model in models)
            model.Dispose();
        return new Resumed(
            texts.Length, largest, equal / count, part.Samples.Average(sample => System.Text.Encoding.UTF8.GetByteCount(sample.Text)),
            texts.Average(text => 2.0 * sizeof(long) * text.Ids.Length), bytes / sendings, compressed / sendings);
    }

    private static long Compressed(ReadOnlySpan<byte> bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return output.Length;
    }
}
