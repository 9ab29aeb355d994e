namespace Dimec.Predictions;

/// <summary>What an exit says of a sample in short.</summary>
/// <param name="Label">The class with the largest logit, from 0.</param>
/// <param name="Confidence">Its probability.</param>
public readonly record struct ExitAnswer(int Label, float Confidence);
