namespace Dimec.Cartography;

/// <summary>What one epoch said about one sample.</summary>
/// <param name="Probability">The softmax, in fp32, of the true class.</param>
/// <param name="Correct">True where the true class has the largest logit (the first of equals).</param>
internal readonly record struct EpochOutcome(float Probability, bool Correct);
