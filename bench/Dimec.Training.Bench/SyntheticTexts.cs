using Dimec.Text;
using Dimec.Training.Data;

namespace Dimec.Training.Bench;

/// <summary>Token ids with the statistics that speed depends on: lengths spread about a mean, tokens by Zipf's law.</summary>
internal static class SyntheticTexts
{
    public static EncodedPart Make(int samples, double meanLength, int vocabulary, int maxLength)
    {
        var random = new RandomStream(3, (long)meanLength);
        var encodings = Enumerable.Range(0, samples).Select(_ =>
        {
            // Log-normal with σ = 0.6, which is about what SST-2's phrases have.
            var length = Math.Clamp((int)Math.Round(meanLength * Math.Exp((0.6 * random.Normal()) - 0.18)), 3, maxLength);
            var ids = new int[length];
            for (var i = 0; i < length; i++)
                ids[i] = Math.Clamp((int)Math.Exp(Math.Log(vocabulary) * random.Below(1_000_000) / 1e6), 1, vocabulary - 1);
            return new TokenizedText(ids, new int[length], false);
        }).ToArray();
        var dataset = new Dataset(
            "train", [.. Enumerable.Range(0, samples).Select(i => new Sample($"{i}", "", null, random.Below(2)))], ["0", "1"],
            hasPair: false);
        return EncodedPart.Encode(
            dataset, sample => encodings[int.Parse(sample.Guid, System.Globalization.CultureInfo.InvariantCulture)], default);
    }
}
