using Dimec.Costs;

namespace Dimec.Policies.Ladder;

/// <summary>What <see cref="LadderPolicy"/> is set to.</summary>
/// <param name="Stops">The stops in their order, at least one.</param>
internal sealed record LadderParameters(IReadOnlyList<LadderStop> Stops) : PolicyParameters
{
    /// <summary>What the policy asks for: exit 0 where it begins there, and as many classes as there are biases.</summary>
    public PolicyNeeds Asked => new()
    {
        ExitZero = Stops[0].Exit == 0,
        Classes = Stops.Select(stop => stop.Stacked.Bias.Count).FirstOrDefault(count => count > 0) is > 0 and var classes ? classes : null,
    };

    public override PolicyNeeds Needs(CostStructure costs) => Asked;

    public override IReadOnlyList<TierWork> Works(CostStructure costs)
    {
        var visits = new List<Visit>();
        foreach (var stop in Stops)
        {
            visits.Add(stop.Exit == 0
                ? Visit.OfExitZero(default)
                : new Visit(LadderPolicy.StepTo(stop).Work(costs, visits.ToArray()), default));
        }

        return [.. visits.Select(visit => visit.Work)];
    }
}
