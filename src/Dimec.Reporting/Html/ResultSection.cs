using Dimec.Evaluation;
using Dimec.Evaluation.Gains;
using Dimec.Evaluation.Metrics;
using Dimec.Planning.Gains;
using Dimec.Policies;

namespace Dimec.Reporting.Html;

/// <summary>For each cost structure: its costs, then every policy beside the others.</summary>
internal static class ResultSection
{
    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        foreach (var (evaluation, i) in inputs.Evaluations.Select((e, i) => (e, i)))
            html.Section($"result-{i + 1}", $"Every policy, {evaluation.Name}", _ => Evaluation(html, inputs, evaluation, i + 1));
    }

    private static void Evaluation(HtmlWriter html, ReportInputs inputs, ReportEvaluation evaluation, int number)
    {
        var document = evaluation.Document;
        if (document.Notes.Count > 0)
            Notes(html, document.Notes);
        Policies(html, inputs, document, number);
        if (document.NotPossible.Count > 0)
            NotPossible(html, document.NotPossible);
        if (evaluation.Frontier is { } frontier)
        {
            html.Element("h3", "Frontier");
            Figure.Write(
                html, FrontierPlot.Describe(frontier),
                ReportSentences.FormatFrontierCaption(
                    part: frontier.Part, n: Formatting.Count(frontier.Count), unit: frontier.Unit, cloud: document.Costs.Tiers[^1].Name),
                (480, 460), (canvas, box) => FrontierPlot.Draw(canvas, box, frontier), PlotData.Of(frontier, $"frontier-{number}.csv"));
        }

        // They are the same at any cost.
        if (number == 1 && document.Exits.Any(exit => exit.StackedAccuracy is not null))
        {
            html.Element("h3", "Exits combined with exit 0");
            StackedExits(html, document);
        }

        CostsSection.Write(html, document.Costs);
    }

    private static void Notes(HtmlWriter html, IReadOnlyList<string> notes)
    {
        html.Open("div", ("class", "note"));
        foreach (var note in notes)
            html.Prose("p", $"Warning: {note}");
        html.Close();
    }

    private static void NotPossible(HtmlWriter html, IReadOnlyList<ImpossiblePolicy> policies)
    {
        html.Open("div", ("class", "note"));
        html.Prose("p", ReportSentences.NotPossible).Open("ul");
        foreach (var policy in policies)
            html.Prose("li", $"{policy.Name}: {policy.Reason}");
        html.Close().Close();
    }

    private static void Policies(HtmlWriter html, ReportInputs inputs, EvaluationDocument document, int number)
    {
        ShareBar.Key(html, document.Costs, document.HasExitZero);
        var own = document.Policies.SelectMany(p => p.Metrics.Keys).Where(m => m != TaskMetrics.Accuracy).Distinct().ToArray();
        string[] headings =
        [
            "Policy", $"#Saved|cost, {document.Costs.Unit}", "#Drop, points|[95 %]",
            .. document.HasStackedCloud ? ["#Against stacked|[95 %]"] : (string[])[],
            .. document.HasPhoneCloud ? ["#Beyond one tier|and phone → cloud"] : (string[])[], "Tier shares", "#Accuracy|[95 %]",
            .. own.Select(m => "#" + MetricNames.Of(m)), ];
        html.Table(
            ReportSentences.FormatPoliciesCaption(
                part: document.Part, n: Formatting.Count(document.N), cloud: document.Costs.Tiers[^1].Name),
            TableKind.Sortable, headings, document.Policies.Select(row => Row(inputs, document, row, own, number)));
    }

    private static Cell[] Row(ReportInputs inputs, EvaluationDocument document, PolicyEvaluation row, string[] own, int number)
    {
        var isPlan = row.Name == inputs.Plan?.Policy;
        var kind = document.KindOf(row);
        var name = kind == PolicyKind.SingleTier ? $"{row.Name} only" : row.Name;
        var degenerate = kind == PolicyKind.SingleTier ? null : RoutingGain.DegenerateIn(row.Places);
        return
        [
            new Cell(name)
            {
                RowClass = isPlan ? "chosen" : "row",
                Write = cell =>
                {
                    cell.Text(name);
                    if (isPlan)
                        cell.Prose("span", number == 1 ? "plan" : "planned anew", ("class", "tag"));
                    if (kind == PolicyKind.Bound)
                        cell.Prose("span", "upper bound", ("class", "tag bound"));
                    if (degenerate is not null)
                        cell.Prose("span", $"degenerate: {degenerate}", ("class", "tag warn"));
                },
            },
            new Cell(Formatting.Percent(row.Reduction), row.Reduction) { Second = Formatting.Cost(row.Cost, "") },
            // The last tier's drop is against itself.
            row.Name == document.Costs.Tiers[^1].Name
                ? new Cell("–", row.Drop)
                : new Cell(Formatting.Points(row.Drop), row.Drop)
                {
                    Second = Formatting.Interval(row.DropInterval.Lower, row.DropInterval.Upper),
                },
            .. document.HasStackedCloud ? [StackedDrop(row)] : (Cell[])[],
            .. document.HasPhoneCloud ? [Beyond(row)] : (Cell[])[],
            ShareBar.Cell(row.Places, document.Costs, document.HasExitZero),
            new Cell(Formatting.Percent(row.Accuracy), row.Accuracy)
            {
                Second = Formatting.Interval(row.AccuracyInterval.Lower, row.AccuracyInterval.Upper),
            },
            .. own.Select(m =>
                row.Metrics.TryGetValue(m, out var v) ? new Cell(Formatting.Number(v, 3), v) : new Cell("–", double.NegativeInfinity)),
        ];
    }

    private static Cell StackedDrop(PolicyEvaluation row) => row is { StackedDrop: { } drop, StackedDropInterval: { } interval }
        && row.Name != PolicyList.StackedCloud
        ? new Cell(Formatting.Points(drop), drop) { Second = Formatting.Interval(interval.Lower, interval.Upper) }
        : new Cell("–", 0);

    /// <summary>What is saved beyond the two rivals, in per cent of the cloud's cost; sorted by the smaller of them.</summary>
    private static Cell Beyond(PolicyEvaluation row)
    {
        double[] gains = [.. new[] { row.BeyondSingle, row.BeyondPhoneCloud }.OfType<RivalGain>().Select(gain => gain.Beyond)];
        return gains.Length == 0 ? new Cell("–", double.NegativeInfinity) : new Cell(Gain(row.BeyondSingle), gains.Min())
        {
            Second = Gain(row.BeyondPhoneCloud),
        };
    }

    private static string Gain(RivalGain? gain) =>
        gain is null ? "–" : $"{Formatting.SignedPoints(gain.Beyond)} % ({gain.Rival})";

    /// <summary>What exit 0 does for each exit: its accuracy and its calibration before and after they are combined.</summary>
    private static void StackedExits(HtmlWriter html, EvaluationDocument document) => html.Table(
        ReportSentences.FormatStackedExitsCaption(part: document.Part, n: Formatting.Count(document.N)), TableKind.Plain,
        ["Exit", "#Accuracy", "#Accuracy|with exit 0", "#ECE", "#ECE|with exit 0"],
        document.Exits.Select(exit => (Cell[])
        [
            new Cell($"layer {exit.Exit}"), new Cell(Formatting.Percent(exit.Accuracy)),
            new Cell(Formatting.Percent(exit.StackedAccuracy ?? exit.Accuracy)), new Cell(Formatting.Number(exit.CalibrationError, 3)),
            new Cell(Formatting.Number(exit.StackedCalibrationError ?? exit.CalibrationError, 3)),
        ]));
}
