using Dimec.Evaluation.Seeds;
using Dimec.Reporting;
using Dimec.Studies.Ablations;
using Dimec.Studies.Seeds;

namespace Dimec.Cli.Output;

/// <summary>A study's results as tables for people.</summary>
internal static class StudyScreen
{
    /// <summary>Every policy over the seeds of a task at one set of depths.</summary>
    public static void Write(ToolConsole console, string task, SeedsDocument document)
    {
        console.WriteLine($"{task}, {document.Part}, n = {Formatting.Count(document.Samples)}, {document.Seeds} seeds, "
            + $"tiers at {string.Join(", ", document.Costs.Tiers.Select(tier => tier.Depth))} layers");
        var table = FigureTable.Of(
            ["policy", "saved [95 %]\n%", "drop [95 %]\npoints", "beyond the best\nsingle tier, %", "planned in\nseeds"]);
        foreach (var row in document.Policies)
        {
            table.Add(
            [
                row.Policy,
                Percent(row.Reduction),
                row.Policy == document.Costs.Tiers[^1].Name
                    ? "–"
                    : Formatting.Points(row.Drop.Mean, row.Drop.Interval.Lower, row.Drop.Interval.Upper),
                row.BestSingle == row.Policy ? "–" : Percent(row.Beyond),
                $"{row.Planned} of {document.Seeds}",
            ]);
        }

        console.Tables.Write(table);
    }

    /// <summary>What each open choice is worth.</summary>
    public static void Write(ToolConsole console, string task, AblationTable ablation)
    {
        console.WriteLine($"{task}, {ablation.Part}, n = {Formatting.Count(ablation.N)}, {ablation.Seeds} seeds: "
            + "what each choice changes against the default, pools planned anew");
        var table = FigureTable.Of(["choice", "saved\n%", "drop [95 %]\npoints", "saved more [95 %]\n%", "accuracy more [95 %]\npoints"]);
        foreach (var row in ablation.Rows)
        {
            var name = $"{row.Switch} {row.Choice}{(row.IsDefault ? " (default)" : "")}";
            if (row.Figures is not { } figures)
            {
                table.Add([name, "–", "–", "–", "–"]);
                continue;
            }

            table.Add(
            [
                name,
                Formatting.Number(figures.Reduction * 100, 1),
                Formatting.Points(figures.Drop.Value, figures.Drop.Interval.Lower, figures.Drop.Interval.Upper),
                row.IsDefault ? "–" : Formatting.Points(
                    figures.ReductionWorth.Value, figures.ReductionWorth.Interval.Lower, figures.ReductionWorth.Interval.Upper),
                row.IsDefault ? "–" : Formatting.Points(
                    figures.AccuracyWorth.Value, figures.AccuracyWorth.Interval.Lower, figures.AccuracyWorth.Interval.Upper),
            ]);
        }

        console.Tables.Write(table);
        foreach (var row in ablation.Rows.Where(row => row.Measured == 0))
            console.WriteNote($"{row.Switch} {row.Choice}: not measured. {string.Join(' ', row.Reasons)}");
    }

    /// <summary>What another way to train comes to.</summary>
    public static void Write(ToolConsole console, string task, TrainingChange change)
    {
        var comparison = change.Comparison;
        console.WriteLine($"{task}, {comparison.Part}, n = {Formatting.Count(comparison.N)}: trained with {change.Choice}");
        var table = FigureTable.Of(
            ["exit", "own\n%", "other\n%", "change [95 %]\npoints", "gap to the last\nexit, points", "gap closed\n%"]);
        foreach (var exit in comparison.Exits)
        {
            table.Add(
            [
                Formatting.Count(exit.Exit),
                Formatting.Number(exit.Base * 100, 1),
                Formatting.Number(exit.Other * 100, 1),
                Formatting.Points(exit.Change.Value, exit.Change.Interval.Lower, exit.Change.Interval.Upper),
                exit.Gap is { } gap ? Formatting.Points(gap.Value, gap.Interval.Lower, gap.Interval.Upper) : "–",
                exit.Closed is { } closed ? Formatting.Points(closed.Value, closed.Interval.Lower, closed.Interval.Upper) : "–",
            ]);
        }

        console.Tables.Write(table);
    }

    private static string Percent(SeedMean mean) => Formatting.Points(mean.Mean, mean.Interval.Lower, mean.Interval.Upper);
}
