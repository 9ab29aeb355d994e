namespace Dimec.Policies;

/// <summary>What routing the selection part by one combination of thresholds gives.</summary>
/// <param name="Value">The mean of C at the tiers routed to.</param>
/// <param name="Cost">The mean cost.</param>
internal readonly record struct RoutingOutcome(double Value, double Cost)
{
    /// <summary>The mean reward at a weight μ_c.</summary>
    public double Reward(double weight) => Value - (weight * Cost);
}
