using Dimec.Cartography;
using Dimec.Pools;

namespace Dimec.Reporting.Tests.Made;

/// <summary>
/// Made metrics that look like those of a fine-tuned encoder: a crowd of easy samples, a bow of ambiguous ones, a few hard.
/// </summary>
internal static class MadeMap
{
    public static DataMapInputs Of(int count = 6000, int epochs = 5, int tiers = 3) => new()
    {
        Samples = Samples(count, epochs),
        Epochs = epochs,
        Exit = 6,
        Thresholds = new PoolThresholds(0.62, [.. Enumerable.Range(1, tiers - 2).Select(i => 0.13 * i)]),
        Tiers = tiers switch { 2 => ["mobile", "cloud"], 3 => ["mobile", "edge", "cloud"], _ => ["mobile", "edge1", "edge2", "cloud"] },
    };

    private static SampleMetrics[] Samples(int count, int epochs)
    {
        var random = new Random(7);
        var samples = new SampleMetrics[count];
        for (var i = 0; i < count; i++)
        {
            // A logit that starts somewhere and drifts: its sigmoid by epoch gives what a training would.
            var start = Normal(random) * 1.6 + 0.6;
            var slope = Normal(random) * 0.5 + (random.NextDouble() < 0.06 ? -0.5 : 0.85);
            var p = Enumerable.Range(0, epochs).Select(e => 1 / (1 + Math.Exp(-(start + (slope * e) + (Normal(random) * 0.5))))).ToArray();
            var mean = p.Average();
            var deviation = Math.Sqrt(p.Average(x => (x - mean) * (x - mean)));
            samples[i] = new SampleMetrics(new SampleGuid($"train-{i}"), i, mean * (1 - mean), mean, deviation, p.Count(x => x > 0.5), 0);
        }

        return samples;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
