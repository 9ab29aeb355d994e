using System.Globalization;
using Dimec.Cli.Output;
using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Reporting;
using Dimec.Text;

namespace Dimec.Cli.Demo;

/// <summary>What the demo says at its end, on the screen and in the report.</summary>
internal static class DemoReport
{
    /// <summary>How many samples of each place the report shows: the first, whatever they are.</summary>
    private const int ExamplesOfPlace = 5;

    /// <summary>The check of the running tiers, for the report.</summary>
    public static ServedCheck Check(
        ServedComparison comparison, TaskData data, Plan plan, IReadOnlyList<ServedAnswer> served, double seconds)
    {
        var samples = data.Dev.Samples.ToDictionary(sample => sample.Guid);
        ServedDifference Row(ServedComparison.Difference difference) => new(
            difference.Served.Guid, samples[difference.Served.Guid].Text,
            $"{data.Labels[difference.Label]} ({difference.Tier}, exit {difference.Exit})",
            $"{data.Labels[difference.Served.Label]} ({difference.Served.Tier}, exit {difference.Served.Exit})");
        ServedTier[] tiers =
        [
            .. plan.Needs.ExitZero ? [Place(AnswerPlace.ExitZero, "in the caller, before any layer")] : (ServedTier[])[],
            .. plan.Costs.Tiers.Select((tier, t) =>
                Place(tier.Name, t == 0 ? "in the caller" : "a process of its own, gRPC over loopback")),
        ];
        return new ServedCheck(
            comparison.Samples, comparison.Samples - comparison.Differences.Count, tiers,
            [.. comparison.Differences.Where(difference => difference.IsNearTie).Select(Row)],
            [.. comparison.Differences.Where(difference => !difference.IsNearTie).Select(Row)],
            seconds)
        {
            Examples =
            [
                .. tiers.SelectMany(tier => served.Where(answer => PlaceOf(answer) == tier.Name).Take(ExamplesOfPlace)).Select(Example),
            ],
        };

        ServedTier Place(string name, string where) => new(name, where, served.Count(answer => PlaceOf(answer) == name));

        ServedExample Example(ServedAnswer answer) => new(
            PlaceOf(answer), samples[answer.Guid].Text, data.Labels[answer.Label], answer.Confidence,
            data.Labels[samples[answer.Guid].Label]);
    }

    private static string PlaceOf(ServedAnswer answer) => answer.Exit == 0 ? AnswerPlace.ExitZero : answer.Tier;

    /// <summary>What the README's picture shows.</summary>
    public static SummaryInputs Summary(ReportInputs inputs, Plan plan)
    {
        var first = inputs.Evaluations[0];
        var document = first.Document;
        var costs = string.Join(", ", document.Costs.Tiers.Select((tier, t) => $"{tier.Name} {Formatting.Cost(document.Costs.Of(t), "")}"));
        return new SummaryInputs(
            $"{inputs.Task.Name}: {Title(inputs)}",
            $"{Formatting.Count(document.N)} unseen samples; {costs} {document.Costs.Unit} a sample; "
            + $"at most {Formatting.Points(DemoDefaults.MaxDrop)} points below {Row(inputs).Reference} were asked for",
            inputs.DataMap!,
            first.Frontier!,
            document,
            plan.Policy);
    }

    private static string Title(ReportInputs inputs)
    {
        var headline = HeadlineOf(inputs);
        var row = Row(inputs);
        var accuracy = Formatting.SignedPoints(-row.DropOf(row.IsHeldToStackedCloud));
        return headline.Gain.IsGain
            ? $"{Formatting.Percent(row.Reduction)} less cost, accuracy {accuracy} points; "
                + $"{Formatting.Percent(headline.Gain.Beyond)} beyond {Rival(headline)}"
            : headline.Gain.DegenerateTier is { } tier
                ? $"no gain, the {row.Name} plan sends {Formatting.Percent(row.Places.First(place => place.Name == tier).Share, 0)} "
                    + $"of the samples to {tier}"
                : $"no gain, {row.Name} saves {Formatting.Percent(row.Reduction)} and "
                    + $"{Rival(headline)} {Formatting.Percent(headline.RivalReduction)}";
    }

    private static string Rival(Headline headline) =>
        headline.Rival == headline.BestSingle.Name ? $"{headline.Rival} only" : headline.Rival;

    /// <summary>The last lines on the screen.</summary>
    public static void Print(
        ToolConsole console, ReportInputs inputs, ServedComparison comparison, MeasuredPlan measured, double largestDifference)
    {
        var headline = HeadlineOf(inputs);
        console.WriteStrong(headline.Verdict + ".");
        console.WriteLine(headline.Detail);
        MeasuredTable.Write(console, measured.Costs);
        console.WriteLine(measured.Sentence);
        var near = comparison.Differences.Count(difference => difference.IsNearTie);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Served against offline: {comparison.Samples - comparison.Differences.Count} of {comparison.Samples} "
            + $"samples equal in label and exit, {near} near-ties, {comparison.Differences.Count - near} other differences. "
            + $"Exported against trained logits: {largestDifference:0.0e+0} at most."));
        foreach (var difference in comparison.Differences)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {difference.Served.Guid}: served {difference.Served.Tier}/{difference.Served.Exit}/{difference.Served.Label}, "
                + $"offline {difference.Tier}/{difference.Exit}/{difference.Label}"));
        }
    }

    /// <summary>The same for a program.</summary>
    public static string Json(
        DemoFolder folder, ReportInputs inputs, ServedComparison comparison, MeasuredPlan measured, double largestDifference,
        double seconds)
    {
        var headline = HeadlineOf(inputs);
        var row = Row(inputs);
        var near = comparison.Differences.Count(difference => difference.IsNearTie);
        return JsonLine.Of(new
        {
            folder = folder.Path,
            report = folder.Report,
            plan = folder.Plan,
            bundle = folder.Bundle,
            policy = row.Name,
            verdict = headline.Verdict,
            detail = headline.Detail,
            gain = headline.Gain.IsGain,
            shares = row.Shares,
            reduction = row.Reduction,
            drop = row.Drop,
            dropInterval = new[] { row.DropInterval.Lower, row.DropInterval.Upper },
            n = inputs.Evaluations[0].Document.N,
            served = new
            {
                samples = comparison.Samples,
                equal = comparison.Samples - comparison.Differences.Count,
                nearTies = near,
                differences = comparison.Differences.Count - near,
            },
            measured = new
            {
                costs = folder.MeasuredCosts,
                unit = measured.Costs.Unit,
                cost = measured.Cost,
                cloud = measured.Costs.Cloud,
                reduction = measured.Reduction,
            },
            largestLogitDifference = largestDifference,
            seconds,
        });
    }

    private static Headline HeadlineOf(ReportInputs inputs) =>
        Headline.Of(inputs.Evaluations[0].Document, inputs.Plan!.Policy, inputs.MaxDrop);

    private static PolicyEvaluation Row(ReportInputs inputs) =>
        inputs.Evaluations[0].Document.Policies.First(policy => policy.Name == inputs.Plan!.Policy);
}
