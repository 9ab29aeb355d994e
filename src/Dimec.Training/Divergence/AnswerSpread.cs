using Dimec.Predictions;

namespace Dimec.Training.Divergence;

/// <summary>How far an exit's answers to different texts lie apart.</summary>
internal static class AnswerSpread
{
    /// <summary>Logits that differ by less are one answer.</summary>
    public const double Alike = 1e-3;

    /// <summary>
    /// The largest difference, over the classes, between two samples' logits;
    /// logits are counted from their mean, since only differences decide.
    /// </summary>
    public static double Of(RecordedExits recorded, int exit)
    {
        var (least, most) = (new double[recorded.Classes], new double[recorded.Classes]);
        least.AsSpan().Fill(double.PositiveInfinity);
        most.AsSpan().Fill(double.NegativeInfinity);
        for (var sample = 0; sample < recorded.Count; sample++)
        {
            var logits = recorded.Logits(sample, exit);
            var mean = 0.0;
            foreach (var logit in logits)
                mean += (double)logit / logits.Length;
            for (var c = 0; c < logits.Length; c++)
            {
                least[c] = Math.Min(least[c], logits[c] - mean);
                most[c] = Math.Max(most[c], logits[c] - mean);
            }
        }

        return most.Zip(least, (high, low) => high - low).Max();
    }

    /// <summary>That of the exit where it is largest.</summary>
    public static double Largest(RecordedExits recorded) => Enumerable.Range(0, recorded.Exits.Count).Max(exit => Of(recorded, exit));
}
