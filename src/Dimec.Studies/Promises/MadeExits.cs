using Dimec.Predictions;

namespace Dimec.Studies.Promises;

/// <summary>
/// Recorded exits that nobody trained: three classes, and exits 0, 2, 4 and 6 that know more and more of a sample and are the surer the
/// more they know. What deeper exits are wrong about, those before are mostly wrong about too.
/// </summary>
internal static class MadeExits
{
    private const int Classes = 3;

    /// <summary>By exit, how much noise there is in what it sees; exit 0 first.</summary>
    private static readonly double[] s_noise = [1.2, 0.9, 0.5, 0.1];

    private static readonly int[] s_layers = [2, 4, 6];

    /// <summary>The layers of the exits after exit 0.</summary>
    public static IReadOnlyList<int> Layers => s_layers;

    /// <summary>Makes a part.</summary>
    /// <param name="part">Its name.</param>
    /// <param name="n">The number of samples.</param>
    /// <param name="seed">Seeds them; parts of other seeds have other samples.</param>
    public static RecordedExits Of(string part, int n, int seed)
    {
        var random = new Random(seed);
        var builder = new RecordedExitsBuilder(part, s_layers, Classes, 0);
        var zero = new List<float>();
        for (var i = 0; i < n; i++)
        {
            var gold = random.Next(Classes);
            // Hard samples have little that any exit could see, and lead all exits the same way.
            var seen = 1 + (1.5 * Math.Abs(Normal(random)));
            double[] astray = [.. Enumerable.Range(0, Classes).Select(_ => Normal(random))];
            float[] Logits(double noise) => [.. Enumerable.Range(0, Classes)
                .Select(one => (float)(2 * ((one == gold ? seen : 0) + astray[one] + (noise * Normal(random)))))];
            zero.AddRange(Logits(s_noise[0]));
            builder.Add($"{part}-{i}", gold, [.. s_noise.Skip(1).SelectMany(Logits)], []);
        }

        return builder.Build().WithExitZero([.. zero]);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
