using Dimec.Predictions;

namespace Dimec.Policies.Ladder;

/// <summary>
/// What a learned score sees of a sample at a stop: how sure the stop is, alone and stacked, and how far the exits passed before agree.
/// </summary>
internal static class StopFeatures
{
    /// <summary>No log-odds count as more: beyond that everything is sure.</summary>
    private const double Most = 30;

    /// <summary>The features' names in a plan, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["confidence", "margin", "entropy", "own", "passed", "agreement"];

    /// <summary>Fills in the features of one sample.</summary>
    /// <param name="scores">The stop's stacked scores, one a class; they are overwritten.</param>
    /// <param name="own">The logits of the stop's own exit.</param>
    /// <param name="passed">What the exits passed before say of its answer.</param>
    /// <param name="features">Receives as many as there are names.</param>
    public static void Fill(Span<double> scores, ReadOnlySpan<float> own, in PassedExits passed, Span<double> features)
    {
        FillSureness(scores, features);
        features[3] = Odds(ExitAnswer.Of(own).Confidence);
        features[4] = passed.MeanLog;
        features[5] = passed.Agreement;
    }

    /// <summary>Fills in the first three: log-odds of the confidence, margin and entropy.</summary>
    /// <param name="scores">Logits, one a class; they are overwritten.</param>
    /// <param name="features">Receives them.</param>
    public static void FillSureness(Span<double> scores, Span<double> features)
    {
        var (first, second, sum) = (double.NegativeInfinity, double.NegativeInfinity, 0.0);
        foreach (var score in scores)
            (first, second) = score > first ? (score, first) : (first, Math.Max(second, score));
        foreach (ref var score in scores)
        {
            score = Math.Exp(score - first);
            sum += score;
        }

        var entropy = 0.0;
        foreach (var score in scores)
            entropy -= score > 0 ? score / sum * Math.Log(score / sum) : 0;
        features[0] = Odds(1 / sum);
        features[1] = Math.Min(first - second, Most);
        features[2] = entropy / Math.Log(scores.Length);
    }

    private static double Odds(double probability) => Math.Min(Math.Log(probability / Math.Max(1 - probability, 1e-300)), Most);
}
