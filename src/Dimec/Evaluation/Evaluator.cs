using Dimec.Costs;
using Dimec.Predictions;

namespace Dimec.Evaluation;

/// <summary>Evaluates policies on a part: what method section 7 says is reported.</summary>
public static class Evaluator
{
    /// <summary>Evaluates policies, all on the same samples and costs.</summary>
    /// <param name="part">The part, with the truth of every sample.</param>
    /// <param name="costs">The costs; every tier's depth must be an exit of the part.</param>
    /// <param name="policies">The policies, a row each.</param>
    /// <param name="metric">The task's own metric, which comes first: <c>accuracy</c>, <c>f1</c> or <c>matthews</c>.</param>
    /// <exception cref="InputException">A tier's depth has no recorded exit, or a sample has no gold class.</exception>
    public static EvaluationDocument Evaluate(
        RecordedExits part, CostStructure costs, IReadOnlyList<EvaluatedPolicy> policies, string metric = ClassificationMetrics.AccuracyName)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(policies);
        part.RequireGold();
        return new EvaluationDocument(part.Part, part.Count, costs, [.. policies.Select(policy => Evaluate(part, costs, policy, metric))]);
    }

    /// <summary>One row from decisions that were taken already, e.g. by tiers that were really asked.</summary>
    /// <param name="name">The row's name.</param>
    /// <param name="parameters">What the row shows of the parameters.</param>
    /// <param name="decisions">A decision a sample of the part.</param>
    /// <param name="part">The part.</param>
    /// <param name="costs">The costs.</param>
    /// <param name="metric">The task's own metric.</param>
    public static PolicyEvaluation Summarise(
        string name, System.Text.Json.JsonElement parameters, IReadOnlyList<Decision> decisions, RecordedExits part, CostStructure costs, string metric)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(costs);
        var answers = decisions.Select(decision => decision.Label).ToArray();
        var (drop, dropInterval) = PairedDrop.Of(answers, CloudAnswers(part, costs), part.Gold);
        var right = answers.Zip(part.Gold).Count(pair => pair.First == pair.Second);
        var cost = decisions.Average(decision => decision.Cost);
        return new PolicyEvaluation(
            name,
            parameters,
            Shares(decisions, costs),
            (double)right / answers.Length,
            ClopperPearson.Interval(right, answers.Length),
            ClassificationMetrics.All(answers, part.Gold, part.Classes, metric),
            cost,
            1 - (cost / costs.Cloud),
            drop,
            dropInterval);
    }

    private static PolicyEvaluation Evaluate(RecordedExits part, CostStructure costs, EvaluatedPolicy policy, string metric) =>
        Summarise(policy.Name, policy.Parameters, PolicyRunner.Run(policy.Policy, part, costs), part, costs, metric);

    private static int[] CloudAnswers(RecordedExits part, CostStructure costs)
    {
        var exit = part.IndexOfExit(costs.Tiers[^1].Depth);
        return [.. Enumerable.Range(0, part.Count).Select(i => Softmax.ArgMax(part.Logits(i, exit)))];
    }

    private static Dictionary<string, double> Shares(IReadOnlyList<Decision> decisions, CostStructure costs)
    {
        var counts = new int[costs.Tiers.Count];
        foreach (var decision in decisions)
            counts[decision.Tier]++;
        return costs.Tiers.Select((tier, t) => (tier.Name, Share: (double)counts[t] / decisions.Count)).ToDictionary(pair => pair.Name, pair => pair.Share);
    }
}
