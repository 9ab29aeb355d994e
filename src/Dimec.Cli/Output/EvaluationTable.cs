using Dimec.Cli.Evaluations;
using Dimec.Evaluation;
using Dimec.Reporting;
using Spectre.Console;

namespace Dimec.Cli.Output;

/// <summary>An evaluation as a table for people.</summary>
internal static class EvaluationTable
{
    private const string Accuracy = "accuracy";

    /// <summary>The table, with the policies that could not be planned below it.</summary>
    public static void Write(IAnsiConsole console, RunEvaluation evaluation)
    {
        var document = evaluation.Document;
        var costs = document.Costs;
        var table = new Table { Title = new TableTitle(Markup.Escape(Title(document))) };
        foreach (var column in new[] { "policy", "tier shares", "accuracy", $"cost, {costs.Unit}", "reduction", "drop, points" })
            table.AddColumn(new TableColumn(Markup.Escape(column)));
        var own = document.Policies.Count > 0 ? document.Policies[0].Metrics.Keys.First() : Accuracy;
        if (own != Accuracy)
            table.AddColumn(own);
        foreach (var policy in document.Policies)
        {
            var cells = new List<string>
            {
                policy.Name,
                string.Join(" ", costs.Tiers.Select(tier => $"{tier.Name} {Formatting.Percent(policy.Shares[tier.Name], 0)}")),
                Formatting.Percent(policy.Accuracy, policy.AccuracyInterval.Lower, policy.AccuracyInterval.Upper),
                Formatting.Number(policy.Cost, 2),
                Formatting.Percent(policy.Reduction),
                policy.Name == costs.Tiers[^1].Name ? "–" : Formatting.Points(policy.Drop, policy.DropInterval.Lower, policy.DropInterval.Upper),
            };
            if (own != Accuracy)
                cells.Add(Formatting.Number(policy.Metrics[own], 3));
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        console.Write(table);
        foreach (var impossible in document.NotPossible)
            console.MarkupLineInterpolated($"[yellow]{impossible.Name}: not possible. {impossible.Reason}[/]");
    }

    private static string Title(EvaluationDocument document)
    {
        var tiers = string.Join(", ", document.Costs.Tiers.Select((tier, t) => FormattableString.Invariant($"{tier.Name} {document.Costs.Of(t):0.###}")));
        return FormattableString.Invariant($"{document.Part}, {document.N} samples; cost a sample in {document.Costs.Unit}: {tiers}");
    }
}
