using Dimec.Evaluation;
using Dimec.Evaluation.Seeds;

namespace Dimec.Studies.Ablations;

/// <summary>Makes a row of an ablation from what one choice came to in each of several seeds.</summary>
internal static class SeedRow
{
    public static AblationRow Of(string name, string choice, IReadOnlyList<AblationRun> runs, EvaluationOptions options)
    {
        var found = runs
            .SelectMany(run => run.Choices.Where(one => one.Switch == name && one.Choice == choice).Select(one => (Run: run, Choice: one)))
            .ToArray();
        var measured = found.Where(one => one.Choice.Answers is not null && one.Run.DefaultOf(name) is not null)
            .Select(one => (one.Run, Answers: one.Choice.Answers!, Default: one.Run.DefaultOf(name)!)).ToArray();
        return new AblationRow(
            name,
            choice,
            found[0].Choice.IsDefault,
            measured.Length,
            found.Count(one => one.Choice.IsPlanned),
            measured.Length == 0 ? null : Figures(measured, options),
            [.. found.Select(one => one.Choice.Reason).OfType<string>().Distinct()]);
    }

    private static AblationFigures Figures(
        (AblationRun Run, SampleAnswers Answers, SampleAnswers Default)[] seeds, EvaluationOptions options)
    {
        var (gold, cloud) = (seeds[0].Run.Gold, seeds[0].Run.Costs.Cloud);
        return new AblationFigures(
            1 - seeds.Average(seed => seed.Answers.Costs.Average(cost => cost / cloud)),
            seeds.Average(seed => seed.Answers.Right.Count(right => right) / (double)gold.Count),
            SeedMean.OfDrop([.. seeds.Select(seed => new SeedSample(seed.Answers.Right, seed.Run.CloudRight))], gold, options).Estimate,
            SeedMean.Of([.. seeds.Select(seed => (double[])[.. seed.Answers.Costs.Select((cost, i) =>
                (seed.Default.Costs[i] / cloud) - (cost / cloud))])], gold, options).Estimate,
            // Between two plans that are one there is nothing to be uncertain of.
            seeds.All(seed => seed.Answers.IsDefaultPlan)
                ? default
                : SeedMean.OfDrop(
                    [.. seeds.Select(seed => new SeedSample(seed.Default.Right, seed.Answers.Right))], gold, options).Estimate,
            seeds.Average(seed => seed.Answers.Area),
            seeds.Average(seed => seed.Answers.Area - seed.Default.Area));
    }
}
