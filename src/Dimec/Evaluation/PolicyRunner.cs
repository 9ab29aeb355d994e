using Dimec.Costs;
using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Evaluation;

/// <summary>
/// Runs a policy over recorded exits, as the client and the server run it over live ones: the policy names a tier, gets what that tier's
/// exit said, and goes on until it answers. Every tier visited is paid (method section 7).
/// </summary>
public static class PolicyRunner
{
    /// <summary>Replays a part.</summary>
    /// <param name="policy">The policy; asked for the samples in the order of the record.</param>
    /// <param name="exits">The part.</param>
    /// <param name="costs">The tiers and what they cost; every depth must be an exit of the record.</param>
    /// <returns>A decision a sample, in the order of the record.</returns>
    /// <exception cref="InputException">A tier's depth has no recorded exit, or a bound that needs the truth meets a sample without.</exception>
    /// <exception cref="InvalidOperationException">The policy answers before any tier ran, or names a tier twice or one that is not there.</exception>
    public static IReadOnlyList<Decision> Run(IPolicy policy, RecordedExits exits, CostStructure costs)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(exits);
        ArgumentNullException.ThrowIfNull(costs);
        var errors = new InputErrors();
        var tierExits = TierExits.Find(costs, exits, errors);
        errors.ThrowIfAny();
        if (policy is IHindsightPolicy)
            exits.RequireGold();

        var decisions = new Decision[exits.Count];
        var visits = new Visit[costs.Tiers.Count];
        for (var i = 0; i < decisions.Length; i++)
        {
            decisions[i] = policy is IHindsightPolicy hindsight
                ? Decide(hindsight, exits, costs, tierExits, visits, i)
                : Decide(policy, exits, costs, tierExits, visits, i);
        }

        return decisions;
    }

    private static Decision Decide(IPolicy policy, RecordedExits exits, CostStructure costs, int[] tierExits, Visit[] visits, int sample)
    {
        var count = 0;
        var cost = 0.0;
        while (true)
        {
            var step = policy.Next(new PolicyState
            {
                Guid = exits.Guids[sample],
                Embedding = exits.Embedding(sample),
                Visits = visits.AsSpan(0, count),
            });
            if (step.IsAnswer)
            {
                return count == 0
                    ? throw new InvalidOperationException("The policy answers before any tier has run.")
                    : Answer(visits[count - 1], cost, count);
            }

            if (step.Tier >= costs.Tiers.Count || visits.AsSpan(0, count).ToArray().Any(visit => visit.Tier == step.Tier))
                throw new InvalidOperationException($"The policy names tier {step.Tier}, which is not there or has run already.");
            visits[count++] = VisitOf(exits, costs, tierExits, step.Tier, sample);
            cost += costs.Of(step.Tier);
        }
    }

    private static Decision Decide(IHindsightPolicy policy, RecordedExits exits, CostStructure costs, int[] tierExits, Visit[] visits, int sample)
    {
        for (var t = 0; t < visits.Length; t++)
            visits[t] = VisitOf(exits, costs, tierExits, t, sample);
        var tier = policy.TierOf(exits.Gold[sample], visits);
        return Answer(visits[tier], costs.Of(tier), 1);
    }

    private static Visit VisitOf(RecordedExits exits, CostStructure costs, int[] tierExits, int tier, int sample) =>
        new(tier, costs.Tiers[tier].Depth, exits.LogitsMemory(sample, tierExits[tier]));

    private static Decision Answer(Visit last, double cost, int visits)
    {
        var logits = last.Logits.Span;
        var label = Softmax.ArgMax(logits);
        return new Decision(last.Tier, last.Exit, label, Softmax.Probability(logits, label), cost, visits);
    }
}
