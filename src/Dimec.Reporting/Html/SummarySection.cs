using Dimec.Evaluation;

namespace Dimec.Reporting.Html;

/// <summary>The head of the page: the result in one sentence, its figures large, and what there is to be wary of.</summary>
internal static class SummarySection
{
    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        html.Open("header");
        html.Prose("p", "Dimec report", ("class", "kind"));
        html.Element("h1", inputs.Title);
        var first = inputs.Evaluations[0];
        if (inputs.Plan is { } plan)
            Plan(html, inputs, plan, first);
        else
            html.Prose("p", NoPlan(first.Document), ("class", "headline"));
        html.Close();
    }

    private static string NoPlan(EvaluationDocument document) =>
        ReportSentences.FormatNoPlan(policies: document.Policies.Count, part: document.Part, n: Formatting.Count(document.N));

    private static void Plan(HtmlWriter html, ReportInputs inputs, Planning.Plan plan, ReportEvaluation evaluation)
    {
        var document = evaluation.Document;
        var headline = Headline.Of(document, plan.Policy, plan.Promise?.Drop?.Limit ?? inputs.MaxDrop);
        var row = document.Policies.First(p => p.Name == plan.Policy);
        html.Open("div", ("class", headline.Gain.IsGain ? "headline gain" : "headline none"));
        html.Prose("p", headline.Verdict + ".", ("class", "verdict")).Prose("p", headline.Detail).Close();
        html.Open("ul", ("class", "cards"));
        Card(html, Formatting.Percent(row.Reduction), "saved against cloud only", Cost(row, document));
        Card(html, Formatting.Points(row.Drop), "points of accuracy drop", Drop(row, document));
        Card(html, Signed(headline.Gain.Beyond), "beyond the best single tier", SingleTier(headline.BestSingle));
        if (inputs.Served is { } served)
        {
            Card(
                html, $"{Formatting.Count(served.Equal)} of {Formatting.Count(served.Samples)}", "served answers equal offline",
                Served(served));
        }

        html.Close();
        PromiseSection.Write(html, plan, inputs.Unpromised, document);
        NoteList.Write(html, ReportSentences.PlanNotes, plan.Notes);
    }

    private static string Cost(PolicyEvaluation row, EvaluationDocument document) => ReportSentences.FormatCostCard(
        cost: Formatting.Cost(row.Cost, document.Costs.Unit), cloud: Formatting.Cost(document.Costs.Cloud, document.Costs.Unit),
        n: Formatting.Count(document.N));

    private static string Drop(PolicyEvaluation row, EvaluationDocument document) => ReportSentences.FormatDropCard(
        low: Formatting.Points(row.DropInterval.Lower), high: Formatting.Points(row.DropInterval.Upper), n: Formatting.Count(document.N));

    private static string SingleTier(PolicyEvaluation best) => ReportSentences.FormatSingleTierCard(
        tier: best.Name, saved: Formatting.Percent(best.Reduction), drop: Formatting.Points(best.Drop));

    private static string Served(ServedCheck served) => served.Holds
        ? ReportSentences.FormatServedCard(nearTies: served.NearTies.Count)
        : ReportSentences.FormatServedDiffersCard(differences: served.Differences.Count);

    private static void Card(HtmlWriter html, string figure, string what, string detail)
    {
        html.Open("li");
        html.Prose("strong", figure);
        html.Prose("span", what, ("class", "what"));
        html.Prose("span", detail, ("class", "detail"));
        html.Close();
    }

    private static string Signed(double share) => (share >= 0.0005 ? "+" : "") + Formatting.Percent(share);
}
