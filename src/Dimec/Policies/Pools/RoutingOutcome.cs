using Dimec.Costs;

namespace Dimec.Policies.Pools;

/// <summary>What routing the selection part by one combination of thresholds gives, whatever the tiers cost.</summary>
/// <param name="Value">The sum of C over the samples, each at the tier that it is routed to.</param>
/// <param name="Counts">How many samples each tier gets.</param>
internal readonly record struct RoutingOutcome(double Value, int[] Counts)
{
    /// <summary>The mean cost of a sample.</summary>
    public double Cost(CostStructure costs)
    {
        var (sum, samples) = (0.0, 0);
        for (var tier = 0; tier < Counts.Length; tier++)
        {
            sum += Counts[tier] * costs.Of(tier);
            samples += Counts[tier];
        }

        return sum / samples;
    }
}
