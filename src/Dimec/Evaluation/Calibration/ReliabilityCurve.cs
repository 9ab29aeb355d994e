using Dimec.Predictions;

namespace Dimec.Evaluation.Calibration;

/// <summary>
/// How far an exit's confidences are what they claim to be: by bin of confidence, the share of answers that is right, and the expected
/// calibration error ECE = Σ_b (n_b / n) |accuracy_b − confidence_b| over 15 bins of equal width (Guo et al. 2017, arXiv 1706.04599).
/// </summary>
/// <param name="Bins">The bins from 0 to 1, empty ones included.</param>
/// <param name="Error">The expected calibration error, 0 … 1.</param>
/// <param name="Count">The number of answers.</param>
public sealed record ReliabilityCurve(IReadOnlyList<ReliabilityBin> Bins, double Error, int Count)
{
    /// <summary>The number of bins that the literature uses.</summary>
    public const int UsualBins = 15;

    /// <summary>Measures an exit on a part.</summary>
    /// <param name="part">The recorded exits; samples whose true class is unknown are left out.</param>
    /// <param name="exitIndex">The exit's place in <see cref="RecordedExits.Exits"/>, from 0.</param>
    /// <param name="temperature">T &gt; 0, by which the logits are divided; 1 leaves them as they are.</param>
    /// <param name="bins">The number of bins, at least 1.</param>
    public static ReliabilityCurve Of(RecordedExits part, int exitIndex, double temperature = 1, int bins = UsualBins)
    {
        ArgumentNullException.ThrowIfNull(part);
        return Of(part, sample => Answer(part.Logits(sample, exitIndex), temperature), bins);
    }

    /// <summary>Measures answers on a part.</summary>
    /// <param name="part">The recorded exits; samples whose true class is unknown are left out.</param>
    /// <param name="answers">The answers, one a sample.</param>
    internal static ReliabilityCurve Of(RecordedExits part, IReadOnlyList<ExitAnswer> answers) =>
        Of(part, sample => (answers[sample].Label, answers[sample].Confidence), UsualBins);

    private static (int Label, double Confidence) Answer(ReadOnlySpan<float> logits, double temperature)
    {
        var label = Softmax.ArgMax(logits);
        return (label, Softmax.Probability(logits, label, (float)temperature));
    }

    private static ReliabilityCurve Of(RecordedExits part, Func<int, (int Label, double Confidence)> answer, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var (counts, right, confidence) = (new int[bins], new int[bins], new double[bins]);
        for (var i = 0; i < part.Count; i++)
        {
            if (part.Gold[i] < 0)
                continue;
            var (label, sure) = answer(i);
            // (from, to]: a confidence on an edge belongs below it, as in the reference implementation.
            var bin = Math.Clamp((int)Math.Ceiling(sure * bins) - 1, 0, bins - 1);
            counts[bin]++;
            confidence[bin] += sure;
            right[bin] += label == part.Gold[i] ? 1 : 0;
        }

        var curve = Enumerable.Range(0, bins)
            .Select(bin => new ReliabilityBin(bin / (double)bins, (bin + 1) / (double)bins, counts[bin], Mean(
                confidence[bin], counts[bin]), Mean(right[bin], counts[bin])))
            .ToArray();
        var n = counts.Sum();
        return new ReliabilityCurve(curve, n == 0 ? 0 : curve.Sum(bin => bin.Count * Math.Abs(bin.Accuracy - bin.Confidence)) / n, n);
    }

    private static double Mean(double sum, int count) => count == 0 ? 0 : sum / count;
}
