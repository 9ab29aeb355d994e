namespace Dimec.Cartography;

/// <summary>What the epochs said about a training sample: its place on the map, and the class that they gave it mostly.</summary>
/// <param name="Metrics">The sample's place on the map.</param>
/// <param name="Gold">The class that it is labelled with, from 0.</param>
/// <param name="Preferred">The class whose probability, as a mean over the epochs, is the largest (the first of equals).</param>
/// <param name="PreferredProbability">That mean, 1/C … 1 for C classes.</param>
public sealed record SampleDynamics(SampleMetrics Metrics, int Gold, int Preferred, double PreferredProbability)
{
    /// <summary>Probabilities are summed as whole numbers, which gives the same sum in whatever order a join meets the epochs.</summary>
    private const double Scale = 1L << 40;

    /// <summary>Adds an epoch's probabilities, one a class, to their sums.</summary>
    internal static void Add(Span<long> sums, ReadOnlySpan<float> probabilities)
    {
        for (var i = 0; i < sums.Length; i++)
            sums[i] += (long)Math.Round(probabilities[i] * Scale);
    }

    /// <summary>From the sums of the classes' probabilities over the epochs.</summary>
    internal static SampleDynamics Of(SampleMetrics metrics, int gold, ReadOnlySpan<long> sums, int epochs)
    {
        var preferred = 0;
        for (var i = 1; i < sums.Length; i++)
        {
            if (sums[i] > sums[preferred])
                preferred = i;
        }

        return new SampleDynamics(metrics, gold, preferred, sums[preferred] / Scale / epochs);
    }
}
