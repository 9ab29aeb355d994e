namespace Dimec.Studies.Ablations;

/// <summary>What another way to train comes to.</summary>
/// <param name="Choice">The way, as the tool's options have it, e.g. <c>--distill 1</c>.</param>
/// <param name="Comparison">Its exits beside those of the study's own way.</param>
public sealed record TrainingChange(string Choice, TrainingComparison Comparison);
