namespace Dimec.Predictions;

/// <summary>
/// Temperature scaling (Guo et al. 2017, arXiv 1706.04599): the one number T by which an exit's logits are divided so that the
/// likelihood of the true classes is largest. It changes confidences and never an answer.
/// </summary>
public static class Temperature
{
    /// <summary>The range that is searched.</summary>
    private const double Lowest = 0.05, Highest = 20;

    /// <summary>Fits an exit's temperature.</summary>
    /// <param name="part">Samples with known classes; those without one are left out.</param>
    /// <param name="exitIndex">The exit's place in <see cref="RecordedExits.Exits"/>.</param>
    /// <returns>T, 0.05 … 20; 1 where no sample has a known class.</returns>
    public static double Fit(RecordedExits part, int exitIndex)
    {
        ArgumentNullException.ThrowIfNull(part);
        // The likelihood's logarithm is concave in 1/T, so halving by the sign of its slope finds the one maximum.
        var (low, high) = (1 / Highest, 1 / Lowest);
        if (part.Gold.All(gold => gold < 0))
            return 1;
        for (var i = 0; i < 40; i++)
        {
            var middle = Math.Sqrt(low * high);
            if (Slope(part, exitIndex, middle) > 0)
                low = middle;
            else
                high = middle;
        }

        return 1 / Math.Sqrt(low * high);
    }

    /// <summary>d/ds Σ log softmax(s · z)_gold = Σ (z_gold − E_p[z]), where p is the softmax at s = 1/T.</summary>
    private static double Slope(RecordedExits part, int exitIndex, double inverse)
    {
        var slope = 0.0;
        for (var i = 0; i < part.Count; i++)
        {
            if (part.Gold[i] < 0)
                continue;
            var logits = part.Logits(i, exitIndex);
            var max = logits[Softmax.ArgMax(logits)];
            var (weights, mean) = (0.0, 0.0);
            foreach (var logit in logits)
            {
                var weight = Math.Exp((logit - max) * inverse);
                weights += weight;
                mean += weight * logit;
            }

            slope += logits[part.Gold[i]] - (mean / weights);
        }

        return slope;
    }
}
