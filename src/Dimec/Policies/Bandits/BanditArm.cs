namespace Dimec.Policies.Bandits;

/// <summary>What one arm does with one sample.</summary>
/// <param name="Steps">The steps that it takes.</param>
/// <param name="Exit">The place, among the recorded exits, of the one that answers.</param>
/// <param name="Cost">What all steps cost.</param>
/// <param name="Value">The confidence that the reward is made of, before costs.</param>
/// <param name="Charged">The cost that the reward is lessened by.</param>
internal readonly record struct BanditArm(PolicyStep[] Steps, int Exit, double Cost, double Value, double Charged)
{
    /// <summary>The reward at a weight μ_c of cost against confidence.</summary>
    public double Reward(double weight) => Value - (weight * Charged);
}
