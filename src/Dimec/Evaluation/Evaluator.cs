using Dimec.Costs;
using Dimec.Evaluation.Gains;
using Dimec.Evaluation.Metrics;
using Dimec.Evaluation.Parts;
using Dimec.Planning;
using Dimec.Planning.Candidates;
using Dimec.Policies;
using Dimec.Policies.Baselines;
using Dimec.Policies.Codecs;
using Dimec.Policies.Ladder;
using Dimec.Predictions;
using Dimec.Statistics;

namespace Dimec.Evaluation;

/// <summary>
/// Reports what plans do on a part: all on the same recorded exits, the same samples and the same costs (method section 7).
/// </summary>
public static class Evaluator
{
    private const double Confidence = 0.95;

    /// <summary>Evaluates plans at one cost structure.</summary>
    /// <param name="plans">The plans, in the order of the rows. An oracle's is made in hindsight from the part itself.</param>
    /// <param name="part">The part to report on, with the true class of every sample known.</param>
    /// <param name="costs">The costs to report, with the tiers that the plans were made for.</param>
    /// <param name="options">The task and the bootstrap.</param>
    /// <exception cref="InputException">A true class is unknown, a tier's depth has no recorded exit,
    /// or a plan is for other tiers.</exception>
    public static EvaluationDocument Evaluate(IReadOnlyList<Plan> plans, RecordedExits part, CostStructure costs, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(options);
        InputErrors.Check(options.Validate);
        part.RequireGold();
        foreach (var plan in plans)
            plan.RequireTiersOf(costs);
        var references = new References(
            PolicyRunner.Run(new SingleTierPolicy(costs.Tiers.Count - 1), part, costs).Right(part),
            plans.FirstOrDefault(plan => plan.Policy == LadderFactory.StackedCloud) is { } stacked
                ? PolicyRunner.Run(stacked.CreateMeasured(options.Policies, part, costs), part, costs).Right(part)
                : null);
        return new EvaluationDocument(part.Part, part.Count, costs, [.. plans.Select(plan => Row(plan, part, costs, references, options))])
        {
            KnownPolicies = options.Policies.Policies,
            Notes = PartNotes.Of(part.Part),
        };
    }

    /// <summary>Evaluates what planning came to; policies without a plan are named with the reason.</summary>
    /// <param name="outcomes">An outcome a policy, in the order of the rows.</param>
    /// <param name="part">The part to report on, with the true class of every sample known.</param>
    /// <param name="costs">The costs to report, with the tiers that the plans were made for.</param>
    /// <param name="options">The task and the bootstrap.</param>
    /// <exception cref="InputException">As for plans.</exception>
    public static EvaluationDocument Evaluate(
        IReadOnlyList<PlanOutcome> outcomes, RecordedExits part, CostStructure costs, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(options);
        var impossible = outcomes.OfType<PlanOutcome.NotPossible>().Select(outcome => new ImpossiblePolicy(outcome.Policy, outcome.Reason));
        var document = Evaluate(MeasuredPlans.On(outcomes, options.Policies, part, costs), part, costs, options);
        return document with
        {
            Policies = EvaluatedGains.Of(document, outcomes, part, options),
            NotPossible = [.. impossible],
        };
    }

    /// <summary>Evaluates plans at several cost structures, one document each.</summary>
    /// <param name="plans">The plans, in the order of the rows.</param>
    /// <param name="part">The part to report on, with the true class of every sample known.</param>
    /// <param name="costs">The structures; all in one unit, since no table mixes units.</param>
    /// <param name="options">The task and the bootstrap.</param>
    /// <exception cref="InputException">The units differ, or as for one structure.</exception>
    public static IReadOnlyList<EvaluationDocument> Evaluate(
        IReadOnlyList<Plan> plans, RecordedExits part, IReadOnlyList<CostStructure> costs, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(costs);
        string[] units = [.. costs.Select(structure => structure.Unit).Distinct()];
        if (units.Length > 1)
        {
            throw new InputException(
                "costs", $"are in different units ({string.Join(", ", units)})", "evaluate each unit in a table of its own");
        }

        return [.. costs.Select(structure => Evaluate(plans, part, structure, options))];
    }

    private static PolicyEvaluation Row(
        Plan plan, RecordedExits part, CostStructure costs, References references, EvaluationOptions options)
    {
        var run = PolicyRunner.Run(plan.CreateMeasured(options.Policies, part, costs), part, costs);
        var right = run.Right(part);
        var (correct, cost) = (right.Count(isRight => isRight), run.MeanCost);
        return new PolicyEvaluation(
            plan.Policy,
            ParametersJson.SummaryOf(plan.Factory, plan.Parameters, plan.Costs),
            run.Shares(costs.Tiers.Select(tier => tier.Name)),
            correct / (double)part.Count,
            Binomial.ClopperPearson(correct, part.Count, Confidence),
            TaskMetrics.Compute(options.Task, run.Labels, part.Gold, part.Classes),
            cost,
            1 - (cost / costs.Cloud),
            Drop(references.Cloud),
            IntervalOf(references.Cloud, isReference: plan.Policy == costs.Tiers[^1].Name))
        {
            AnsweredAt = run.AnsweredAt(),
            StackedDrop = references.StackedCloud is { } known ? Drop(known) : null,
            StackedDropInterval = references.StackedCloud is { } stacked
                ? IntervalOf(stacked, isReference: plan.Policy == LadderFactory.StackedCloud)
                : null,
        };

        double Drop(bool[] reference) => (reference.Count(isRight => isRight) - correct) / (double)part.Count;

        Interval IntervalOf(bool[] reference, bool isReference) =>
            isReference ? default : PairedDrop.Interval(right, reference, part.Gold, options.BootstrapDraws, options.Seed);
    }

    /// <summary>What drops are measured against: which samples the cloud gets right, and the stacked cloud where there is one.</summary>
    private sealed record References(bool[] Cloud, bool[]? StackedCloud);
}
