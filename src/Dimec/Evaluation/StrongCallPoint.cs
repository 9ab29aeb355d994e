namespace Dimec.Evaluation;

/// <summary>A point of a router's sweep, as <see cref="StrongCalls"/> looks at it.</summary>
/// <param name="Share">The share of samples that the strongest tier answered, 0 … 1.</param>
/// <param name="Accuracy">The accuracy over all samples.</param>
public readonly record struct StrongCallPoint(double Share, double Accuracy);
