namespace Dimec.Policies.Fitting;

/// <summary>What the thresholds of a ladder cut: how sure a stop has to be to answer.</summary>
public enum ScoreKind
{
    /// <summary>
    /// A learned probability that the stop's answer is the stacked cloud's. The default. With two classes it is the confidence: there all
    /// that an exit says is one number, and learning was measured to bring nothing.
    /// </summary>
    Learned,

    /// <summary>The stop's confidence, stacked on the exits passed before it.</summary>
    Confidence,
}
