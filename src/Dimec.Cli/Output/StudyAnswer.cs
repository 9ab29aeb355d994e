using Dimec.Evaluation.Seeds;
using Dimec.Studies;
using Dimec.Studies.Results;
using Dimec.Studies.Settings;

namespace Dimec.Cli.Output;

/// <summary>A study's results for a program.</summary>
internal static class StudyAnswer
{
    /// <summary>Where the report is, and every policy over the seeds, as one line of JSON.</summary>
    public static string Json(StudySettings settings, StudyResults results, StudyFolder folder) => JsonLine.Of(new
    {
        report = folder.Report,
        tables = folder.Tables,
        promises = settings.PromiseDraws == 0 ? null : new
        {
            made = PromiseTables.Json(results.MadePromises().Value),
            runs = settings.Tasks.SelectMany(_ => settings.Seeds, (task, seed) => new
            {
                task = task.Name,
                seed,
                redraws = PromiseTables.Json(results.Promises(task, seed).Value),
            }),
        },
        results = settings.Tasks.SelectMany(_ => settings.Structures, (task, structure) => new
        {
            task = task.Name,
            depths = structure.Tiers.Select(tier => tier.Depth),
            seeds = settings.Seeds.Count,
            n = results.Seeds(task, structure).Value.Samples,
            policies = results.Seeds(task, structure).Value.Policies.Select(row => new
            {
                name = row.Policy,
                planned = row.Planned,
                accuracy = row.Accuracy.Mean,
                metrics = row.Metrics,
                reduction = row.Reduction.Mean,
                reductionInterval = Ends(row.Reduction),
                drop = row.Drop.Mean,
                dropInterval = Ends(row.Drop),
                bestSingle = row.BestSingle,
                beyond = row.Beyond.Mean,
                beyondInterval = Ends(row.Beyond),
                shares = row.Shares,
            }),
        }),
    });

    private static double[] Ends(SeedMean mean) => [mean.Interval.Lower, mean.Interval.Upper];
}
