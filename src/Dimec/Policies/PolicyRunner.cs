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

        var exitZero = policy.Needs.ExitZero;
        if (exitZero && !part.HasExitZero)
        {
            errors.Add(
                $"predictions/{part.Part}.jsonl", "has no exit 0, at which the plan looks first",
                "record it with every sample, or plan again");
        }

        if (policy.Needs.Classes is { } classes && classes != part.Classes)
        {
            errors.Add(
                $"predictions/{part.Part}.jsonl", $"has {part.Classes} classes where the plan was made for {classes}",
                "record it by the model that the plan was made for, or plan again");
        }

        CheckStates(policy, part, errors);
        errors.ThrowIfAny();

        var n = part.Count;
        var (tiers, exits, labels, paid, confidences) = (new int[n], new int[n], new int[n], new double[n], new float[n]);
        // No policy looks at an exit twice on one tier, so one that asks for more visits than there are of these, and exit 0,
        // would never end.
        var visits = new Visit[1 + (costs.Tiers.Count * part.Exits.Count)];
        var times = new VisitCounts(costs);
        for (var i = 0; i < n; i++)
        {
            var count = RunSample(policy, part, i, costs, visits, exitZero);
            var answer = visits[count - 1];
            (tiers[i], exits[i]) = (answer.Tier, answer.Exit);
            (labels[i], confidences[i]) = policy.Answer(StateOf(part, i, visits.AsSpan(0, count)));
            for (var v = 0; v < count; v++)
            {
                paid[i] += costs.Of(visits[v].Work);
                times.Add(visits[v].Work);
            }
        }

        return new PolicyRun(tiers, exits, labels, paid, confidences, times, times.MeanCost(n, costs));
    }

    private static PolicyState StateOf(RecordedExits part, int sample, ReadOnlySpan<Visit> visits) =>
        new() { Guid = part.Guids[sample], Embedding = part.Embedding(sample), Visits = visits };

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

    private static int RunSample(IPolicy policy, RecordedExits part, int sample, CostStructure costs, Visit[] visits, bool exitZero)
    {
        if (exitZero)
            visits[0] = Visit.OfExitZero(part.ZeroMemory(sample));
        for (var count = exitZero ? 1 : 0; ; count++)
        {
            var step = policy.Next(StateOf(part, sample, visits.AsSpan(0, count)));
            if (step.IsAnswer && count > 0)
                return count;
            if (step.IsAnswer || step.Tier >= costs.Tiers.Count || count == visits.Length)
                throw Impossible();
            var work = step.Work(costs, visits.AsSpan(0, count));
            var layer = work.To;
            var exit = part.IndexOfExit(layer);
            if (exit < 0)
            {
                throw new InputException(
                    $"predictions/{part.Part}.jsonl", $"has no exit at layer {layer}, at which the policy stops",
                    $"record the exits that the plan was made with, or plan again on {string.Join(", ", part.Exits)}");
            }

            if (layer > costs.Tiers[step.Tier].Depth || work.From >= layer)
                throw Impossible();
            visits[count] = new Visit(work, part.LogitsMemory(sample, exit), part.Answer(sample, exit))
            {
                Pooled = part.StateMemory(sample, exit),
            };

            InvalidOperationException Impossible() =>
                new($"{policy.GetType().Name} took a step that is not possible ({step}) after {count} visits.");
        }
    }
}
