namespace Dimec.Studies.Ablations;

/// <summary>What another way to train comes to.</summary>
/// <param name="Choice">The way, by its name in the tables of a study.</param>
/// <param name="Comparison">Its exits beside those of the study's own way.</param>
public sealed record TrainingChange(string Choice, TrainingComparison Comparison);
