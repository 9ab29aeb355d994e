namespace Dimec.Cartography;

/// <summary>
/// The formulas of data cartography (Swayamdipta et al. 2020), in the order and precision of the public reference implementation.
/// </summary>
internal static class MetricsFormulas
{
    /// <summary>The forgetfulness of a sample that was never learnt.</summary>
    private const int NeverLearnt = 1000;

    public static SampleMetrics Of(SampleGuid guid, int index, ReadOnlySpan<EpochOutcome> epochs, bool includeCi)
    {
        var confidence = Mean(epochs);
        return new SampleMetrics(
            guid,
            index,
            confidence * (1 - confidence),
            confidence,
            Variability(epochs, confidence, includeCi),
            Correctness(epochs),
            Forgetfulness(epochs));
    }

    private static double Mean(ReadOnlySpan<EpochOutcome> epochs)
    {
        var sum = 0.0;
        foreach (var epoch in epochs)
            sum += epoch.Probability;
        return sum / epochs.Length;
    }

    private static double Variability(ReadOnlySpan<EpochOutcome> epochs, double mean, bool includeCi)
    {
        var sum = 0.0;
        foreach (var epoch in epochs)
            sum += (epoch.Probability - mean) * (epoch.Probability - mean);
        var variance = sum / epochs.Length;
        return Math.Sqrt(includeCi ? variance + (variance * variance / (epochs.Length - 1)) : variance);
    }

    private static int Correctness(ReadOnlySpan<EpochOutcome> epochs)
    {
        var correct = 0;
        foreach (var epoch in epochs)
            correct += epoch.Correct ? 1 : 0;
        return correct;
    }

    private static int Forgetfulness(ReadOnlySpan<EpochOutcome> epochs)
    {
        var (learnt, ever, forgotten) = (false, false, 0);
        foreach (var epoch in epochs)
        {
            if (learnt && !epoch.Correct)
                forgotten++;
            learnt = epoch.Correct;
            ever |= learnt;
        }

        return ever ? forgotten : NeverLearnt;
    }
}
