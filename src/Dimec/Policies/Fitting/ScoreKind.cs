namespace Dimec.Policies.Fitting;

/// <summary>What the thresholds of a ladder cut: how sure a stop has to be to answer.</summary>
public enum ScoreKind
{
    /// <summary>The stop's confidence, stacked on the exits passed before it. The default.</summary>
    Confidence,

    /// <summary>A learned probability that the stop's answer is the stacked cloud's.</summary>
    Learned,
}
