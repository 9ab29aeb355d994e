using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Planning.Promises;
using Dimec.Policies;

namespace Dimec.Reporting.Html;

/// <summary>The promise in one sentence, what it costs, and what would attain the next one.</summary>
internal static class PromiseSection
{
    public static void Write(HtmlWriter html, Plan plan, PolicyEvaluation? unpromised, EvaluationDocument document)
    {
        if (plan.Promise is not { } promise)
            return;
        html.Open("div", ("class", "promise"));
        html.Prose("p", PromiseWords.Of(promise, plan.Costs.Unit), ("class", "made"));
        if (unpromised is not null)
            html.Prose("p", Price(plan, promise, unpromised, document));
        foreach (var sentence in PromiseWords.Next(promise, plan.Costs.Unit))
            html.Prose("p", sentence);
        html.Close();
    }

    private static string Price(Plan plan, PlanPromise promise, PolicyEvaluation unpromised, EvaluationDocument document)
    {
        var (costs, row) = (document.Costs, document.Policies.First(policy => policy.Name == plan.Policy));
        var stacked = promise.Reference == PolicyList.StackedCloud;
        var interval = unpromised.DropIntervalOf(stacked);
        var other = ReportSentences.FormatUnpromised(
            policy: unpromised.Name, cost: Formatting.Cost(unpromised.Cost, costs.Unit),
            maxDrop: Formatting.Number(100 * promise.Drop!.Limit, 2),
            drop: Formatting.Points(unpromised.DropOf(stacked), interval.Lower, interval.Upper), part: document.Part);
        var price = (row.Cost - unpromised.Cost) / costs.Cloud;
        return Formatting.Percent(Math.Abs(price)) == Formatting.Percent(0)
            ? ReportSentences.FormatPromiseForNothing(
                cost: Formatting.Cost(row.Cost, costs.Unit), part: document.Part, n: Formatting.Count(document.N), unpromised: other)
            : ReportSentences.FormatPromisePrice(
                cost: Formatting.Cost(row.Cost, costs.Unit), part: document.Part, n: Formatting.Count(document.N),
                price: Formatting.Percent(Math.Abs(price)),
                more: price > 0 ? ReportSentences.PromiseCostsMore : ReportSentences.PromiseCostsLess, cloud: costs.Tiers[^1].Name,
                unpromised: other);
    }
}
