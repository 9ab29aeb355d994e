using Dimec.Predictions;

namespace Dimec.Testing.Predictions;

/// <summary>Samples of two classes whose exits at layers 0, 2, 4 and 6 know more and more, and say how sure they are.</summary>
public static class MadeTraffic
{
    public static RecordedExits Of(string part, int n, int seed, bool labelled = true, string prefix = "s")
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var builder = new RecordedExitsBuilder(part, [2, 4, 6], 2, 0);
        var zero = new List<float>();
        for (var i = 0; i < n; i++)
        {
            var gold = random.Next(2);
            var truth = (gold == 1 ? 1 : -1) * (1 + (1.2 * Math.Abs(Normal())));
            // What deeper exits are wrong about, those before are mostly wrong about too.
            var shared = Normal();
            float Logit(double noise) => (float)(2 * (truth + shared + (noise * Normal())));
            zero.AddRange([0, Logit(1.2)]);
            builder.Add($"{prefix}{i}", labelled ? gold : -1, [0, Logit(0.9), 0, Logit(0.5), 0, Logit(0.1)], []);
        }

        return builder.Build().WithExitZero([.. zero]);
    }
}
