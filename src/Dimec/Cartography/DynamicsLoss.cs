namespace Dimec.Cartography;

/// <summary>How the loss of an exit fell over its epochs, read off the training dynamics.</summary>
public static class DynamicsLoss
{
    /// <summary>
    /// The mean cross-entropy of the samples in each epoch, in training mode and unweighted, as the logits were recorded.
    /// </summary>
    /// <param name="epochs">The epochs, in order.</param>
    /// <exception cref="InputException">A file is empty or malformed, or a logit is not finite;
    /// the error names the file and the line.</exception>
    public static IReadOnlyList<double> Of(IReadOnlyList<DynamicsEpoch> epochs)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        return [.. epochs.Select(Mean)];
    }

    private static double Mean(DynamicsEpoch epoch)
    {
        using var rows = new DynamicsEpochReader(epoch);
        var (sum, count) = (0.0, 0L);
        while (rows.TryRead())
        {
            sum += CrossEntropy(rows.Row.Logits, rows.Row.Gold!.Value);
            count++;
        }

        return sum / count;
    }

    /// <summary>
    /// ln Σ exp(z) − z of the true class, shifted by the largest logit: a probability that fp32 rounds to 0 still has a finite loss.
    /// </summary>
    private static double CrossEntropy(List<double> logits, int gold)
    {
        var max = logits.Max();
        return Math.Log(logits.Sum(logit => Math.Exp(logit - max))) + max - logits[gold];
    }
}
