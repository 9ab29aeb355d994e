using Dimec.Statistics;

namespace Dimec.Evaluation;

/// <summary>A figure with what is known of it.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Interval">Its 95 % interval.</param>
public readonly record struct Estimate(double Value, Interval Interval);
