using System.Numerics.Tensors;
using Dimec.Predictions;

namespace Dimec.Evaluation.Parts;

/// <summary>
/// How far two parts are apart, told without labels: the energy distance of what the model sees of their samples, with a permutation
/// test (Székely, Rizzo 2013, Energy statistics). Plans made on one part need not hold on another that is far from it.
/// </summary>
/// <param name="Coefficient">(2 E‖X−Y‖ − E‖X−X′‖ − E‖Y−Y′‖) / 2 E‖X−Y‖, 0 (alike) … 1; 0 where all samples are the same.</param>
/// <param name="PValue">How likely a coefficient of this size is by chance if both parts have one source:
/// (1 + permutations at least as far apart) / (1 + permutations).</param>
/// <param name="First">The samples compared of the one part.</param>
/// <param name="Second">The samples compared of the other.</param>
public sealed record EnergyDistanceTest(double Coefficient, double PValue, int First, int Second)
{
    /// <summary>At most so many samples of a part are compared, drawn by the seed: all pairs are looked at.</summary>
    public const int MostSamples = 1000;

    private const int Permutations = 999;

    /// <summary>Compares the part that is reported with the one that choices were made on.</summary>
    /// <param name="selection">The part that choices were made on.</param>
    /// <param name="reported">The part that is reported.</param>
    /// <returns>How far they are apart; null where they were recorded with other exits, classes or embeddings.</returns>
    public static EnergyDistanceTest? Find(SelectionPart selection, RecordedExits reported)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(reported);
        return AreComparable(selection.Exits, reported) ? Measure(selection.Exits, reported, seed: 0) : null;
    }

    /// <summary>Compares e(x) of two parts, or where they have none the probabilities of all exits.</summary>
    /// <param name="first">The one part.</param>
    /// <param name="second">The other, recorded with the same model.</param>
    /// <param name="seed">Draws the samples and the permutations.</param>
    /// <exception cref="InputException">The parts have other exits, classes or embeddings.</exception>
    public static EnergyDistanceTest Measure(RecordedExits first, RecordedExits second, int seed)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (!AreComparable(first, second))
        {
            throw new InputException(
                $"predictions/{second.Part}.jsonl", $"has other exits, classes or embeddings than predictions/{first.Part}.jsonl",
                "record both parts with one model");
        }

        var random = new Random(seed);
        float[][] points = [.. Points(first, random), .. Points(second, random)];
        Scale(points);
        var (n, m) = (Math.Min(first.Count, MostSamples), Math.Min(second.Count, MostSamples));
        var distances = Distances(points);
        // With weights 1/n and −1/m the energy distance is −wᵀ D w, whatever samples have which weight.
        float[] weights = [.. Enumerable.Repeat(1f / n, n), .. Enumerable.Repeat(-1f / m, m)];
        var energy = Energy(distances, weights);
        var across = 2 * Across(distances, n) / ((double)n * m);
        var further = 0;
        for (var i = 0; i < Permutations; i++)
        {
            random.Shuffle(weights);
            further += Energy(distances, weights) >= energy * (1 - 1e-6) ? 1 : 0;
        }

        return new EnergyDistanceTest(across > 0 ? Math.Clamp(energy / across, 0, 1) : 0, (1.0 + further) / (1 + Permutations), n, m);
    }

    private static bool AreComparable(RecordedExits first, RecordedExits second) =>
        first.Exits.SequenceEqual(second.Exits) && first.Classes == second.Classes && first.EmbeddingSize == second.EmbeddingSize;

    private static IEnumerable<float[]> Points(RecordedExits part, Random random)
    {
        int[] samples = [.. Enumerable.Range(0, part.Count)];
        random.Shuffle(samples);
        return samples.Take(MostSamples)
            .Select(sample => part.EmbeddingSize > 0 ? part.Embedding(sample).ToArray() : Probabilities(part, sample));
    }

    /// <summary>
    /// Brings the largest number to about 1 by a power of two, so that no square overflows or vanishes in fp32;
    /// nothing that is measured depends on the scale.
    /// </summary>
    private static void Scale(float[][] points)
    {
        var largest = points.Max(point => MathF.Abs(TensorPrimitives.MaxMagnitude<float>(point)));
        var exponent = largest == 0 ? 0 : -MathF.ILogB(largest);
        foreach (var point in points)
        {
            for (var i = 0; i < point.Length; i++)
                point[i] = MathF.ScaleB(point[i], exponent);
        }
    }

    private static float[] Probabilities(RecordedExits part, int sample)
    {
        var all = new float[part.Exits.Count * part.Classes];
        for (var exit = 0; exit < part.Exits.Count; exit++)
            Softmax.Probabilities(part.Logits(sample, exit), all.AsSpan(exit * part.Classes, part.Classes));
        return all;
    }

    private static float[][] Distances(float[][] points)
    {
        float[][] distances = [.. points.Select(_ => new float[points.Length])];
        Parallel.For(0, points.Length, i =>
        {
            for (var j = 0; j < points.Length; j++)
                distances[i][j] = i == j ? 0 : TensorPrimitives.Distance<float>(points[Math.Min(i, j)], points[Math.Max(i, j)]);
        });
        return distances;
    }

    private static double Energy(float[][] distances, float[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
            sum -= weights[i] * (double)TensorPrimitives.Dot<float>(distances[i], weights);
        return sum;
    }

    private static double Across(float[][] distances, int n)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++)
            sum += TensorPrimitives.Sum<float>(distances[i].AsSpan(n));
        return sum;
    }
}
