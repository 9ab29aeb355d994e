namespace Dimec.Policies;

/// <summary>One tier's answer to a sample.</summary>
/// <param name="Tier">The tier's place among the tiers, from 0.</param>
/// <param name="Exit">The layer number of the exit that gave the logits.</param>
/// <param name="Logits">One logit a class.</param>
public readonly record struct Visit(int Tier, int Exit, ReadOnlyMemory<float> Logits);
