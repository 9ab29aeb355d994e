namespace Dimec.Evaluation;

/// <summary>What a policy did with one sample.</summary>
/// <param name="Tier">The tier that answered, by its place in the costs.</param>
/// <param name="Exit">The layer number of the exit that answered.</param>
/// <param name="Label">The class that was answered.</param>
/// <param name="Confidence">The largest probability of the exit that answered, 0 … 1, at temperature 1.</param>
/// <param name="Cost">What all work on the way cost, in the unit of the costs.</param>
/// <param name="Visits">How many tiers computed, at least 1.</param>
public readonly record struct Decision(int Tier, int Exit, int Label, float Confidence, double Cost, int Visits);
