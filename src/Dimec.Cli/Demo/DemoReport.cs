using System.Globalization;
using Dimec.Planning;
using Dimec.Reporting;
using Dimec.Text;
using Spectre.Console;

namespace Dimec.Cli.Demo;

/// <summary>What the demo says at its end, on the screen and in the report.</summary>
internal static class DemoReport
{
    /// <summary>The check of the running tiers, for the report.</summary>
    public static ServedCheck Check(ServedComparison comparison, TaskData data, Plan plan, IReadOnlyList<ServedAnswer> served, double seconds)
    {
        var texts = data.Dev.Samples.ToDictionary(sample => sample.Guid, sample => sample.Text);
        ServedDifference Row(ServedComparison.Difference difference) => new(
            difference.Guid, texts[difference.Guid],
            $"{data.Labels[difference.OfflineLabel]} ({difference.OfflineTier})", $"{data.Labels[difference.ServedLabel]} ({difference.ServedTier})", difference.Margin);
        var tiers = plan.Costs.Tiers.Select((tier, t) => new ServedTier(
            tier.Name, t == 0 ? "in the caller" : "a process of its own, gRPC over loopback", served.Count(answer => answer.Tier == tier.Name)));
        return new ServedCheck(
            comparison.Samples, comparison.Samples - comparison.Differences.Count, [.. tiers],
            [.. comparison.Differences.Where(difference => difference.IsNearTie).Select(Row)],
            [.. comparison.Differences.Where(difference => !difference.IsNearTie).Select(Row)],
            Fallbacks: 0, seconds);
    }

    /// <summary>What the README's picture shows.</summary>
    public static SummaryInputs Summary(ReportInputs inputs, Plan plan)
    {
        var first = inputs.Evaluations[0];
        var document = first.Document;
        var costs = string.Join(", ", document.Costs.Tiers.Select((tier, t) => $"{tier.Name} {Formatting.Cost(document.Costs.Of(t), "")}"));
        return new SummaryInputs(
            $"{inputs.Task.Name}: {Title(inputs, plan)}",
            $"{Formatting.Count(document.N)} unseen samples; a sample costs {costs} {document.Costs.Unit}; planned to lose at most {Formatting.Points(DemoDefaults.MaxDrop)} points",
            inputs.DataMap!,
            first.Frontier!,
            document,
            plan.Policy);
    }

    private static string Title(ReportInputs inputs, Plan plan)
    {
        var document = inputs.Evaluations[0].Document;
        var headline = Headline.Of(document, plan.Policy, inputs.MaxDrop);
        var row = document.Policies.First(policy => policy.Name == plan.Policy);
        return headline.IsGain
            ? $"{Formatting.Percent(row.Reduction)} less cost, accuracy {Formatting.SignedPoints(-row.Drop)} points; {Formatting.Percent(headline.Beyond)} beyond {headline.BestSingle.Name} only"
            : headline.DegenerateTier is { } tier
                ? $"no gain, the {plan.Policy} plan sends {Formatting.Percent(row.Shares[tier], 0)} of the samples to {tier}"
                : $"no gain, {plan.Policy} saves {Formatting.Percent(row.Reduction)} and {headline.BestSingle.Name} only {Formatting.Percent(headline.BestSingle.Reduction)}";
    }

    /// <summary>The last lines on the screen.</summary>
    public static void Print(IAnsiConsole console, ReportInputs inputs, ServedComparison comparison, double largestDifference)
    {
        var headline = Headline.Of(inputs.Evaluations[0].Document, inputs.Plan!.Policy, inputs.MaxDrop);
        console.MarkupLineInterpolated($"[bold]{headline.Sentence}[/]");
        var near = comparison.Differences.Count(difference => difference.IsNearTie);
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"Served against offline: {comparison.Samples - comparison.Differences.Count} of {comparison.Samples} samples equal in label and tier, {near} near-ties, {comparison.Differences.Count - near} other differences. Exported against trained logits: {largestDifference:0.0e+0} at most.");
        foreach (var difference in comparison.Differences)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {difference.Guid}: served {difference.ServedTier}/{difference.ServedLabel}, offline {difference.OfflineTier}/{difference.OfflineLabel}, margin {difference.Margin:0.0e+0}");
    }
}
