namespace Dimec.Policies.Ladder;

/// <summary>
/// A probability that was learned: 1 / (1 + exp(−b − Σ w_f · f)). A ladder's stop has one over <see cref="StopFeatures"/>: that its answer
/// is the stacked cloud's.
/// </summary>
/// <param name="Bias">b; finite.</param>
/// <param name="Weights">w, one for each feature; finite.</param>
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
