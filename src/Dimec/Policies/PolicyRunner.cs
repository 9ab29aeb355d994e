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
    /// <exception cref="InputException">A tier's depth has no recorded exit, or the embeddings are not those that the policy asks for.</exception>
    /// <exception cref="InvalidOperationException">The policy names a tier that is not there, answers before any visit, or never answers.</exception>
    public static PolicyRun Run(IPolicy policy, RecordedExits part, CostStructure costs)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(costs);
        var errors = new InputErrors();
        var exits = TierExits.Find(costs, part, errors);
        if (policy.EmbeddingSize > 0 && policy.EmbeddingSize != part.EmbeddingSize)
        {
            errors.Add(
                $"predictions/{part.Part}.jsonl",
                $"has {(part.EmbeddingSize == 0 ? "no embeddings" : $"embeddings of {part.EmbeddingSize} numbers")} where the plan's centroids have {policy.EmbeddingSize}",
                "record \"embedding\" with every sample by the model that the plan was made for, or plan again");
        }

        errors.ThrowIfAny();

        var n = part.Count;
        var (tiers, labels, paid, confidences) = (new int[n], new int[n], new double[n], new float[n]);
        // No policy visits a tier twice, so one that asks for more visits than there are tiers would never end.
        var visits = new Visit[costs.Tiers.Count];
        var times = new int[costs.Tiers.Count];
        for (var i = 0; i < n; i++)
        {
            var count = RunSample(policy, part, i, costs, exits, visits);
            var answer = visits[count - 1];
            tiers[i] = answer.Tier;
            labels[i] = Softmax.ArgMax(answer.Logits.Span);
            confidences[i] = Softmax.Confidence(answer.Logits.Span);
            foreach (var visit in visits.AsSpan(0, count))
            {
                paid[i] += costs.Of(visit.Tier);
                times[visit.Tier]++;
            }
        }

        // By shares of visits and not by rows, so that no rounding depends on their order and one tier for all costs exactly its own.
        var mean = Enumerable.Range(0, times.Length).Sum(tier => times[tier] / (double)n * costs.Of(tier));
        return new PolicyRun(tiers, labels, paid, confidences, mean);
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
