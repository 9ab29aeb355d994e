using System.Text.Json;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Planning.Candidates;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Runs.Evaluations;

namespace Dimec.Reporting.Frontiers;

/// <summary>
/// Draws a run's sweeps: the points that no other point of the sweep beats on selection, each measured on the reported part.
/// </summary>
internal static class RunFrontier
{
    // A point of a sweep is drawn, not reported in a table; fewer draws than there give the same bars.
    private const int Draws = 1000;

    public static Frontier Of(RunEvaluation evaluation, RecordedExits reported, string? chosen)
    {
        var document = evaluation.Document;
        var series = new List<FrontierSeries>();
        foreach (var outcome in evaluation.Outcomes)
        {
            var policy = document.KnownPolicies.KindOf(outcome.Policy, document.Costs);
            if (policy != PolicyKind.Contender || outcome.Frontier.Count < 2)
            {
                var kind = policy switch
                {
                    PolicyKind.SingleTier => FrontierKind.SingleTier,
                    PolicyKind.Bound => FrontierKind.UpperBound,
                    _ => FrontierKind.Baseline,
                };
                if (document.Policies.FirstOrDefault(row => row.Name == outcome.Policy) is { } row)
                {
                    series.Add(
                        new FrontierSeries(kind == FrontierKind.SingleTier ? $"{row.Name} only" : row.Name, kind, [Point(row, row.Name)]));
                }

                continue;
            }

            var plans = Best(outcome.Frontier).Select(point => PlanOf(point, document.Costs)).ToArray();
            var options = new EvaluationOptions { BootstrapDraws = Draws, Policies = evaluation.Policies };
            var rows = Evaluator.Evaluate(plans, reported, document.Costs, options).Policies;
            series.Add(new FrontierSeries(outcome.Policy, FrontierKind.Sweep, [.. rows.Select(point => Point(point, Setting(point)))]));
        }

        var single = series.Where(one => one.Kind == FrontierKind.SingleTier).OrderBy(one => one.Points[0].Cost);
        return new Frontier
        {
            Name = evaluation.Name,
            Unit = document.Costs.Unit,
            Part = document.Part,
            Count = document.N,
            Series = [.. series.Where(one => one.Kind != FrontierKind.SingleTier), .. single],
            Chosen = document.Policies.FirstOrDefault(row => row.Name == chosen) is { } plan ? Point(plan, plan.Name) : null,
        };
    }

    /// <summary>The points of a sweep, cheapest first, each of which drops less than every cheaper one.</summary>
    private static IEnumerable<FrontierPoint> Best(IReadOnlyList<FrontierPoint> frontier)
    {
        var least = double.PositiveInfinity;
        foreach (var point in frontier.OrderBy(point => point.Outcome.Cost).ThenBy(point => point.Outcome.Drop))
        {
            if (point.Outcome.Drop >= least)
                continue;
            least = point.Outcome.Drop;
            yield return point;
        }
    }

    private static Plan PlanOf(FrontierPoint point, CostStructure costs) =>
        new() { Factory = point.Factory, Parameters = point.Parameters, Costs = costs, Expected = point.Outcome };

    private static PlottedPoint Point(PolicyEvaluation row, string label) =>
        new(label, row.Cost, row.Reduction, row.Accuracy, row.Drop, row.DropInterval.Lower, row.DropInterval.Upper);

    /// <summary>The numbers among a candidate's parameters, e.g. <c>alpha = 0.7, betas = [0.1]</c>.</summary>
    private static string Setting(PolicyEvaluation row) => string.Join(", ", row.Parameters.EnumerateObject()
        .Where(parameter => parameter.Value.ValueKind is JsonValueKind.Number or JsonValueKind.Array)
        .Select(parameter => $"{parameter.Name} = {parameter.Value.GetRawText()}"));
}
