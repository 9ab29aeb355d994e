namespace Dimec.Policies.Ladder;

/// <summary>
/// How likely a stop's answer is not the wanted one, by its score s: 1 / (1 + exp(b + w · ln(s / (1 − s)))), fitted on the selection part.
/// Two numbers, so that few samples do.
/// </summary>
/// <param name="Bias">b; finite.</param>
/// <param name="Weight">w, at least 0: the surer, the less likely.</param>
internal sealed record StopRisk(double Bias, double Weight)
{
    /// <summary>Scores nearer to 0 and 1 than this are taken as that near.</summary>
    private const double Least = 1e-9;

    /// <summary>
    /// Fits it, as if two samples more had been lost, the middle one and one of the less sure: of a stop that lost none of few samples
    /// nobody knows that it loses none of many.
    /// </summary>
    /// <param name="scores">By sample, the stop's score, 0 … 1; at least one.</param>
    /// <param name="right">Whether its answer is the wanted one.</param>
    public static StopRisk Fit(double[] scores, bool[] right)
    {
        double[] sorted = [.. scores.Order()];
        var (bias, weights) = LogisticFit.Of(
            [.. scores.Append(sorted[sorted.Length / 2]).Append(sorted[sorted.Length / 10]).Select(Odds)], 1, [.. right, false, false]);
        // A score that says nothing, or the contrary, tells no sample from another.
        return weights[0] > 0
            ? new StopRisk(bias, weights[0])
            : new StopRisk(Odds((right.Count(isRight => isRight) + 1) / (double)(right.Length + 3)), 0);
    }

    /// <summary>The probability at a score.</summary>
    public double Of(double score) => 1 / (1 + Math.Exp(Bias + (Weight * Odds(score))));

    /// <summary>The score from which on the probability is at most a risk; over 1 where none is.</summary>
    public double ScoreAt(double risk)
    {
        if (risk >= 1)
            return 0;
        if (risk <= 0)
            return LadderFactory.Never;
        var needed = -Odds(risk);
        if (Weight == 0)
            return Bias >= needed ? 0 : LadderFactory.Never;
        var odds = (needed - Bias) / Weight;
        return odds > Odds(1) ? LadderFactory.Never : 1 / (1 + Math.Exp(-odds));
    }

    private static double Odds(double share)
    {
        var inside = Math.Clamp(share, Least, 1 - Least);
        return Math.Log(inside / (1 - inside));
    }
}
