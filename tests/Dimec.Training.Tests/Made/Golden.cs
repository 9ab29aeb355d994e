using Dimec.Checkpoints;
using Dimec.Text;
using Dimec.Training.Data;
using Dimec.Training.Model;

namespace Dimec.Training.Tests.Made;

/// <summary>Builds batches and shapes for comparisons with reference values.</summary>
internal static class Golden
{
    public static ModelShape Shape(EncoderConfig config, int[] exits) => new(
        config with { HiddenDropout = 0, AttentionDropout = 0 },
        new ExitHeadConfig(exits, ExitHeadConfig.LinearHead, ExitHeadConfig.ClsPooling, ["0", "1"], 128),
        HeadDropout: 0);

    public static Batch Batch(long[] ids, long[] mask, long[] types, int count)
    {
        var length = ids.Length / count;
        var encodings = Enumerable.Range(0, count).Select(row =>
        {
            var real = (int)mask.AsSpan(row * length, length).ToArray().Sum();
            return new TokenizedText(
                [.. ids.AsSpan(row * length, real).ToArray().Select(id => (int)id)],
                [.. types.AsSpan(row * length, real).ToArray().Select(id => (int)id)], false);
        }).ToArray();
        return Batch(encodings, [.. Enumerable.Repeat(0, count)]);
    }

    public static Batch Batch(TokenizedText[] encodings, int[] labels)
    {
        var samples = labels
            .Select((label, index) => new Sample(index.ToString(System.Globalization.CultureInfo.InvariantCulture), "", null, label))
            .ToArray();
        var part = EncodedPart.Encode(
            new Dataset("train", samples, ["0", "1"], hasPair: false),
            sample => encodings[int.Parse(sample.Guid, System.Globalization.CultureInfo.InvariantCulture)],
            CancellationToken.None);
        return new Batch(part, [.. Enumerable.Range(0, encodings.Length)], padId: 0);
    }
}
