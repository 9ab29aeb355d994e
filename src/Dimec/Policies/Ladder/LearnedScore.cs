namespace Dimec.Policies.Ladder;

/// <summary>
/// The probability that a stop's answer is the stacked cloud's: 1 / (1 + exp(−b − Σ w_f · f)) over <see cref="StopFeatures"/>. It needs
/// nothing but the logits of the exits passed.
/// </summary>
/// <param name="Bias">b; finite.</param>
/// <param name="Weights">w, one for each of <see cref="StopFeatures.Names"/>; finite.</param>
internal sealed record LearnedScore(double Bias, IReadOnlyList<double> Weights)
{
    /// <summary>The score of a sample.</summary>
    /// <param name="features">Its features.</param>
    public double Of(ReadOnlySpan<double> features)
    {
        var sum = Bias;
        for (var f = 0; f < Weights.Count; f++)
            sum += Weights[f] * features[f];
        return 1 / (1 + Math.Exp(-sum));
    }
}
