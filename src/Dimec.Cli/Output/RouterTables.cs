using Dimec.Evaluation;
using Dimec.Planning.Promises;
using Dimec.Reporting;
using Dimec.Routing;
using Dimec.Routing.Frontiers;
using Dimec.Routing.Plans;

namespace Dimec.Cli.Output;

/// <summary>Plans and evaluations over a router's table, on the screen.</summary>
internal static class RouterTables
{
    /// <summary>Writes a plan.</summary>
    public static void Write(ToolConsole console, RouterPlan plan)
    {
        var expected = plan.Expected;
        var table = FigureTable.OfPairs($"on the selection rows, n = {Formatting.Count(expected.N)}");
        table.Add("policy", $"{RouterPlan.Policy}: {plan.Words}");
        table.Add("answered by", Shares(expected));
        if (expected.Accuracy is { } accuracy)
            table.Add("accuracy", Formatting.Percent(accuracy.Value));
        table.Add("cost", $"{Formatting.Cost(expected.Cost, "")} a sample");
        table.Add("saved", Formatting.Percent(expected.Reduction));
        if (expected.Drop is { } drop)
            table.Add("drop [95 %]", $"{Points(drop)} points");
        if (plan.Promise is { } promise)
            table.Add("cost on calibration", $"{Formatting.Cost(promise.Cost!.Value, "")} a sample");
        console.Tables.Write(table);
    }

    /// <summary>A promise in one sentence, and what would attain the next one.</summary>
    public static IEnumerable<string> Promise(PlanPromise promise) =>
        [PromiseWords.Of(promise, RouterPlan.Unit), .. PromiseWords.Next(promise, RouterPlan.Unit)];

    /// <summary>Writes an evaluation.</summary>
    public static void Write(ToolConsole console, RouterEvaluation evaluation)
    {
        var rows = FigureTable.Of($"n = {Formatting.Count(evaluation.N)}", "accuracy [95 %]", "drop [95 %]", "cost", "saved");
        foreach (var row in evaluation.Tiers)
            Add(rows, row.Name, row);
        if (evaluation.Plan is { } plan)
            Add(rows, "plan", plan);
        console.Tables.Write(rows);
        if (evaluation.Plan is { } answered)
            console.WriteLine($"The plan is answered by {Shares(answered)}.");
        Write(console, evaluation.Frontier, evaluation.Tiers[0].Name, evaluation.Tiers[^1].Name);
    }

    private static void Write(ToolConsole console, RouterFrontier frontier, string weak, string strong)
    {
        var points = FigureTable.Of($"to {strong}", "score", "accuracy [95 %]", "drop [95 %]", "cost", "saved");
        foreach (var point in frontier.Points)
        {
            var score = point.Threshold is { } threshold ? Formatting.Number(threshold, 3) : "";
            points.Add([Formatting.Percent(point.Share), score, .. Figures(point.Row)]);
        }

        console.Tables.Write(points);
        if (frontier.Measures is not { } measures)
        {
            console.WriteNote($"There is no CPT and no APGR: these rows do not show that {strong} is right more often than {weak}.");
            return;
        }

        var table = FigureTable.Of($"{weak} → {strong}", "[95 %]");
        foreach (var (name, measure) in new[] { ("20", measures.Cpt20), ("50", measures.Cpt50), ("80", measures.Cpt80) })
            table.Add($"CPT({name} %)", Formatting.Percent(measure.Value, measure.Interval.Lower, measure.Interval.Upper));
        var (apgr, ends) = (measures.Apgr.Value, measures.Apgr.Interval);
        table.Add("APGR", $"{Formatting.Number(apgr, 3)} [{Formatting.Number(ends.Lower, 3)}, {Formatting.Number(ends.Upper, 3)}]");
        console.Tables.Write(table);
    }

    private static void Add(Spectre.Console.Table table, string name, RouterRow row) => table.Add([name, .. Figures(row)]);

    private static string[] Figures(RouterRow row) =>
    [
        row.Accuracy is { } accuracy ? Formatting.Percent(accuracy.Value, accuracy.Interval.Lower, accuracy.Interval.Upper) : "",
        row.Drop is { } drop ? Points(drop) : "", Formatting.Cost(row.Cost, ""), Formatting.Percent(row.Reduction),
    ];

    private static string Points(Estimate drop) => Formatting.Points(drop.Value, drop.Interval.Lower, drop.Interval.Upper);

    private static string Shares(RouterRow row) => string.Join(
        ", ", row.Shares.Keys.Zip(Formatting.Shares(row.Shares.Values, 1), (name, share) => $"{name} {share} %"));
}
