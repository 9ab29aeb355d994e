using Dimec.Costs;
using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>
/// Runs a policy over recorded exits, exactly as a client runs it over tiers: what was recorded takes the place of the tiers.
/// </summary>
public static class PolicyRunner
{
    /// <summary>Runs a policy over every sample of a part.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="part">The recorded exits; every tier's depth must be among them.</param>
    /// <param name="costs">The costs; all work is paid: λ_t for every layer that is run, and o_t whenever a
    /// tier begins with the text.</param>
    /// <exception cref="InputException">A tier's depth or a layer at which the policy stops has no recorded exit,
    /// or the embeddings or states are not those that the policy asks for.</exception>
    /// <exception cref="InvalidOperationException">The policy names a tier that is not there or a layer that the tier has not,
    /// answers before any visit, or never answers.</exception>
    public static PolicyRun Run(IPolicy policy, RecordedExits part, CostStructure costs)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(costs);
        var errors = new InputErrors();
        TierExits.Find(costs, part, errors);
        if (policy.Needs.Embedding is { Size: var size } && size != part.EmbeddingSize)
        {
            errors.Add(
                $"predictions/{part.Part}.jsonl",
                $"has {(part.EmbeddingSize == 0 ? "no embeddings" : $"embeddings of {part.EmbeddingSize} numbers")} "
                + $"where the plan's centroids have {size}",
                "record \"embedding\" with every sample by the model that the plan was made for, or plan again");
        }

        CheckStates(policy, part, errors);
        errors.ThrowIfAny();

        var n = part.Count;
        var (tiers, labels, paid, confidences) = (new int[n], new int[n], new double[n], new float[n]);
        // No policy looks at an exit twice on one tier, so one that asks for more visits than there are of these would never end.
        var visits = new Visit[costs.Tiers.Count * part.Exits.Count];
        var times = new VisitCounts(costs);
        for (var i = 0; i < n; i++)
        {
            var count = RunSample(policy, part, i, costs, visits);
            var answer = visits[count - 1];
            tiers[i] = answer.Tier;
            labels[i] = answer.Label;
            confidences[i] = answer.Confidence;
            for (var v = 0; v < count; v++)
            {
                var from = v > 0 && visits[v - 1].Tier == visits[v].Tier ? visits[v - 1].Exit : 0;
                paid[i] += costs.Of(visits[v].Tier, from, visits[v].Exit);
                times.Add(visits[v].Tier, from, visits[v].Exit);
            }
        }

        return new PolicyRun(tiers, labels, paid, confidences, times.MeanCost(n));
    }

    private static void CheckStates(IPolicy policy, RecordedExits part, InputErrors errors)
    {
        if (policy.Needs.State is not var (layer, size))
            return;
        var recorded = part.StateLayers.Contains(layer);
        if (!recorded || part.StateSize != size)
        {
            errors.Add(
                $"predictions/{part.Part}.jsonl",
                $"has {(recorded ? $"states of {part.StateSize} numbers" : "no states")} "
                + $"at exit {layer} where the plan's centroids have {size}",
                "record \"states\" with every sample by the model that the plan was made for, or plan again");
        }
    }

    private static int RunSample(IPolicy policy, RecordedExits part, int sample, CostStructure costs, Visit[] visits)
    {
        for (var count = 0; ; count++)
        {
            var state = new PolicyState { Guid = part.Guids[sample], Embedding = part.Embedding(sample), Visits = visits.AsSpan(0, count) };
            var step = policy.Next(state);
            if (step.IsAnswer && count > 0)
                return count;
            if (step.IsAnswer || step.Tier >= costs.Tiers.Count || count == visits.Length)
                throw Impossible();
            var depth = costs.Tiers[step.Tier].Depth;
            var layer = step.Layer == 0 ? depth : step.Layer;
            var exit = part.IndexOfExit(layer);
            if (exit < 0)
            {
                throw new InputException(
                    $"predictions/{part.Part}.jsonl", $"has no exit at layer {layer}, at which the policy stops",
                    $"record the exits that the plan was made with, or plan again on {string.Join(", ", part.Exits)}");
            }

            if (layer > depth || (count > 0 && visits[count - 1].Tier == step.Tier && visits[count - 1].Exit >= layer))
                throw Impossible();
            visits[count] = new Visit(step.Tier, layer, part.LogitsMemory(sample, exit), part.Answer(sample, exit))
            {
                Pooled = part.StateMemory(sample, exit),
            };

            InvalidOperationException Impossible() =>
                new($"{policy.GetType().Name} took a step that is not possible ({step}) after {count} visits.");
        }
    }
}
