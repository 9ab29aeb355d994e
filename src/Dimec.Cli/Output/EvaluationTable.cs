using Dimec.Display;
using Dimec.Evaluation;
using Dimec.Evaluation.Gains;
using Dimec.Evaluation.Metrics;
using Dimec.Policies;
using Dimec.Reporting;
using Dimec.Runs.Evaluations;
using Spectre.Console;

namespace Dimec.Cli.Output;

/// <summary>An evaluation as a table for people.</summary>
internal static class EvaluationTable
{
    private const int NamesWidth = 12;

    /// <summary>The table, with the policies that could not be planned below it.</summary>
    public static void Write(ToolConsole console, RunEvaluation evaluation)
    {
        var document = evaluation.Document;
        console.WriteLine(Title(evaluation));
        if (document.Policies.Count > 0)
            console.Tables.Write(Table(document, console.Tables.Profile.Width));
        foreach (var impossible in document.NotPossible)
            console.WriteNote($"{impossible.Name}: not possible. {impossible.Reason}");
    }

    /// <summary>A whole number as it is; else as costs are, so that a small one in its unit is not printed as nothing.</summary>
    private static string Cost(double cost) => cost == Math.Floor(cost) ? Formatting.Number(cost, 0) : Formatting.Cost(cost, "");

    private static string Title(RunEvaluation evaluation)
    {
        var document = evaluation.Document;
        var tiers = string.Join(", ", document.Costs.Tiers.Select((tier, t) => $"{tier.Name} {Cost(document.Costs.Of(t))}"));
        return $"{document.Part}, n = {Formatting.Count(document.N)}, {evaluation.Name}: {tiers} {document.Costs.Unit} a sample";
    }

    /// <summary>With both ends of every interval where the window is wide enough for them, else with the longer arm.</summary>
    private static Table Table(EvaluationDocument document, int width)
    {
        var own = document.Policies[0].Metrics.Keys.First();
        string[][] Rows(bool ends) =>
        [
            Headings(document, own, ends),
            .. document.Policies.Select(policy => Row(document, policy, own, ends)),
        ];
        var rows = Rows(ends: true);
        if (FigureTable.WidthOf(rows) > width)
            rows = Rows(ends: false);
        var table = FigureTable.Of(rows[0]);
        foreach (var row in rows.Skip(1))
            table.Add(row);
        return table;
    }

    private static string[] Headings(EvaluationDocument document, string own, bool ends)
    {
        var interval = ends ? " [95 %]" : " ±";
        return
        [
            "policy",
            "saved\n%",
            $"drop{interval}\npoints",
            .. document.HasStackedCloud ? [$"against\nstacked"] : (string[])[],
            .. document.HasPhoneCloud ? ["beyond one tier/\nphone → cloud, %"] : (string[])[],
            $"{Names(document)}, %",
            $"accuracy{interval}\n%",
            .. own == TaskMetrics.Accuracy ? (string[])[] : [own],
            $"cost\n{document.Costs.Unit}",
        ];
    }

    private static string[] Row(EvaluationDocument document, PolicyEvaluation policy, string own, bool ends)
    {
        var costs = document.Costs;
        var (drop, accuracy) = (policy.DropInterval, policy.AccuracyInterval);
        return
        [
            policy.Name,
            Formatting.Number(policy.Reduction * 100, 1),
            policy.Name == costs.Tiers[^1].Name ? "–"
                : ends
                    ? Formatting.Points(policy.Drop, drop.Lower, drop.Upper)
                    : Formatting.PointsPlusMinus(policy.Drop, drop.Lower, drop.Upper),
            .. document.HasStackedCloud ? [Formatting.Points(policy.StackedDrop ?? 0)] : (string[])[],
            .. document.HasPhoneCloud ? [$"{Gain(policy.BeyondSingle)}/{Gain(policy.BeyondPhoneCloud)}"] : (string[])[],
            string.Join('/', Formatting.Shares(Places(document).Select(name => Share(policy, name)), 0)),
            ends
                ? Formatting.Points(policy.Accuracy, accuracy.Lower, accuracy.Upper)
                : Formatting.PointsPlusMinus(policy.Accuracy, accuracy.Lower, accuracy.Upper),
            .. own == TaskMetrics.Accuracy ? (string[])[] : [Formatting.Number(policy.Metrics[own], 3)],
            Formatting.Cost(policy.Cost, ""),
        ];
    }

    private static string Gain(RivalGain? gain) => gain is null ? "–" : Formatting.SignedPoints(gain.Beyond);

    /// <summary>The places where samples are answered: exit 0 where any row answers there, and the tiers.</summary>
    private static string[] Places(EvaluationDocument document) =>
        [.. document.HasExitZero ? [AnswerPlace.ExitZero] : (string[])[], .. document.Costs.Tiers.Select(tier => tier.Name)];

    private static double Share(PolicyEvaluation policy, string name) => policy.Places.FirstOrDefault(place => place.Name == name).Share;

    /// <summary>The places' names in the order of their shares, on as many lines as a narrow column asks for.</summary>
    private static string Names(EvaluationDocument document)
    {
        var lines = new List<string> { "" };
        var places = Places(document);
        foreach (var name in places.Select((place, i) => Printable.Line(i == places.Length - 1 ? place : place + "/")))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + name.Length > NamesWidth)
                lines.Add("");
            lines[^1] += name;
        }

        return string.Join('\n', lines);
    }
}
