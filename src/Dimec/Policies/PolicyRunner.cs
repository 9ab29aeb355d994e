using Dimec.Costs;
using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>Runs a policy over recorded exits, exactly as a client runs it over tiers: what was recorded takes the place of the tiers.</summary>
public static class PolicyRunner
{
    /// <summary>Runs a policy over every sample of a part.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="part">The recorded exits; every tier's depth must be among them.</param>
    /// <param name="costs">The costs; every tier that is visited is paid in full: λ_t · d_t + o_t.</param>
    /// <exception cref="InputException">A tier's depth has no recorded exit.</exception>
    /// <exception cref="InvalidOperationException">The policy names a tier that is not there, answers before any visit, or never answers.</exception>
    public static PolicyRun Run(IPolicy policy, RecordedExits part, CostStructure costs)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(costs);
        var errors = new InputErrors();
        var exits = TierExits.Find(costs, part, errors);
        errors.ThrowIfAny();

        var n = part.Count;
        var (tiers, labels, paid, confidences) = (new int[n], new int[n], new double[n], new float[n]);
        // No policy visits a tier twice, so one that asks for more visits than there are tiers would never end.
        var visits = new Visit[costs.Tiers.Count];
        for (var i = 0; i < n; i++)
        {
            var count = RunSample(policy, part, i, costs, exits, visits);
            var answer = visits[count - 1];
            tiers[i] = answer.Tier;
            labels[i] = Softmax.ArgMax(answer.Logits.Span);
            confidences[i] = Softmax.Confidence(answer.Logits.Span);
            foreach (var visit in visits.AsSpan(0, count))
                paid[i] += costs.Of(visit.Tier);
        }

        return new PolicyRun(tiers, labels, paid, confidences);
    }

    private static int RunSample(IPolicy policy, RecordedExits part, int sample, CostStructure costs, int[] exits, Visit[] visits)
    {
        for (var count = 0; ; count++)
        {
            var state = new PolicyState { Guid = part.Guids[sample], Embedding = part.Embedding(sample), Visits = visits.AsSpan(0, count) };
            var step = policy.Next(state);
            if (step.IsAnswer && count > 0)
                return count;
            if (step.IsAnswer || step.Tier >= exits.Length || count == visits.Length)
                throw new InvalidOperationException($"{policy.GetType().Name} took a step that is not possible ({step}) after {count} visits.");
            visits[count] = new Visit(step.Tier, costs.Tiers[step.Tier].Depth, part.LogitsMemory(sample, exits[step.Tier]));
        }
    }
}
