using Dimec.Costs;
using Dimec.Evaluation;

namespace Dimec.Reporting.Html;

/// <summary>For each cost structure: its costs, then every policy beside the others.</summary>
internal static class ResultSection
{
    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        foreach (var (evaluation, i) in inputs.Evaluations.Select((e, i) => (e, i)))
            html.Section($"result-{i + 1}", $"Policies at costs: {evaluation.Name}", _ => Evaluation(html, inputs, evaluation, i + 1));
    }

    private static void Evaluation(HtmlWriter html, ReportInputs inputs, ReportEvaluation evaluation, int number)
    {
        var document = evaluation.Document;
        Policies(html, inputs, document);
        if (evaluation.Frontier is { } frontier)
        {
            html.Element("h3", "Frontier");
            Figure.Write(
                html, FrontierPlot.Describe(frontier),
                $"Cost saved against accuracy on {frontier.Part}, n = {Formatting.Count(frontier.Count)}, costs in {frontier.Unit}; bars are 95 % intervals of the paired difference to cloud only. Up and to the right is better.",
                (480, 460), (canvas, box) => FrontierPlot.Draw(canvas, box, frontier), PlotData.Of(frontier, $"frontier-{number}.csv"));
        }

        html.Element("h3", "What a sample costs");
        Costs(html, document.Costs);
    }

    private static void Policies(HtmlWriter html, ReportInputs inputs, EvaluationDocument document)
    {
        ShareBar.Key(html, document.Costs);
        var own = document.Policies.SelectMany(p => p.Metrics.Keys).Where(m => m != "accuracy").Distinct().ToArray();
        string[] headings =
        [
            "Policy", "#Saved", "#Drop (points) [95 %]", "Tier shares", "#Accuracy [95 %]", .. own.Select(m => "#" + Metric(m)),
            $"#Cost a sample ({document.Costs.Unit})",
        ];
        html.Table(
            $"{document.Part}, n = {Formatting.Count(document.N)}, all policies on the same samples. Drop is the accuracy of cloud only less the policy's.",
            sortable: true, headings, document.Policies.Select(row => Row(inputs, document, row, own)));
    }

    private static Cell[] Row(ReportInputs inputs, EvaluationDocument document, PolicyEvaluation row, string[] own)
    {
        var isPlan = row.Name == inputs.Plan?.Policy;
        var name = Headline.IsSingle(document, row) ? $"{row.Name} only" : row.Name;
        var degenerate = Headline.IsSingle(document, row) ? null : Headline.Degenerate(row);
        return
        [
            new Cell(name)
            {
                RowClass = isPlan ? "chosen" : "row",
                Write = cell =>
                {
                    cell.Text(name);
                    if (isPlan)
                        cell.Prose("span", "plan", ("class", "tag"));
                    if (row.Name == "oracle")
                        cell.Prose("span", "upper bound", ("class", "tag bound"));
                    if (degenerate is not null)
                        cell.Prose("span", $"degenerate: {degenerate}", ("class", "tag warn"));
                },
            },
            new Cell(Formatting.Percent(row.Reduction), row.Reduction),
            new Cell(Formatting.Points(row.Drop, row.DropInterval.Lower, row.DropInterval.Upper), row.Drop),
            ShareBar.Cell(row.Shares, document.Costs),
            new Cell(Formatting.Percent(row.Accuracy, row.AccuracyInterval.Lower, row.AccuracyInterval.Upper), row.Accuracy),
            .. own.Select(m => row.Metrics.TryGetValue(m, out var v) ? new Cell(Formatting.Number(v, 3), v) : new Cell("–", double.NegativeInfinity)),
            new Cell(Formatting.Cost(row.Cost, ""), row.Cost),
        ];
    }

    private static void Costs(HtmlWriter html, CostStructure costs)
    {
        html.Table(
            $"All costs in {costs.Unit}: λ · d + o", sortable: false,
            ["Tier", "#Layers d", $"#A layer λ ({costs.Unit})", $"#Offloading o ({costs.Unit})", $"#A sample ({costs.Unit})", "#Against cloud"],
            costs.Tiers.Select((tier, t) => (Cell[])
            [
                new Cell(tier.Name), Cell.Of(tier.Depth), new Cell(Formatting.Cost(tier.Layer, "")), new Cell(Formatting.Cost(tier.Offload, "")),
                new Cell(Formatting.Cost(costs.Of(t), "")), new Cell(Formatting.Percent(costs.Of(t) / costs.Cloud)),
            ]));
        if (costs.Links.Count > 0)
        {
            html.Table(
                $"Handing a sample on, in {costs.Unit}", sortable: false, ["From", "To", $"#Offloading ({costs.Unit})"],
                costs.Links.Select(link => (Cell[])[new Cell(link.From), new Cell(link.To), new Cell(Formatting.Cost(link.Offload, ""))]));
        }
    }

    private static string Metric(string name) => name switch { "f1" => "F1", "matthews" => "Matthews", _ => name };
}
