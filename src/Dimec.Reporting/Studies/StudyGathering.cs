using Dimec.Costs;
using Dimec.Evaluation.Pools;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Runs.Plans;
using Dimec.Runs.Records;
using Dimec.Studies;
using Dimec.Studies.Measures;
using Dimec.Studies.Results;
using Dimec.Studies.Settings;

namespace Dimec.Reporting.Studies;

/// <summary>Gathers what a study's report shows from its results.</summary>
internal sealed class StudyGathering(StudySettings settings, StudyFolder folder, StudyResults results, string command)
{
    /// <summary>The report's inputs.</summary>
    public StudyInputs Inputs() => new()
    {
        Title = $"Dimec study: {string.Join(", ", settings.Tasks.Select(task => task.Name))}",
        Tasks = [.. settings.Tasks.Select(Task)],
        MaxDrop = settings.Choices.Options.MaxDrop,
        MadePromises = settings.PromiseDraws == 0 ? null : results.MadePromises().Value,
        Provenance = new Provenance(
            [command], [.. Settings()], RunReport.Versions(RunSummary.Of(FirstRun(settings.Tasks[0]))), [.. Files()]),
    };

    private StudyTask Task(TaskSpec task)
    {
        var run = FirstRun(task);
        var record = RunSummary.Of(run);
        return new StudyTask
        {
            Name = task.Name,
            Description = record.Description,
            Parts = RunReport.Parts(run, record),
            Seeds = settings.Seeds,
            Depths =
            [
                .. settings.Structures.Select((structure, place) => Depths(task, structure, place == 0)),
            ],
            Changes = [.. settings.Variants.Select(variant => results.Change(task, variant).Value)],
            DataMap = RunReport.Map(run, Pools(run)),
            Warnings = [.. settings.Seeds.SelectMany(seed => Warnings(task, seed).Select(warning => $"Seed {seed}: {warning}"))],
        };
    }

    private StudyDepths Depths(TaskSpec task, CostStructure structure, bool isFirst)
    {
        RunMeasures[] runs = [.. settings.Seeds.Select(seed => results.Measures(task, seed, structure).Value)];
        return new StudyDepths
        {
            Seeds = results.Seeds(task, structure).Value,
            Runs = runs,
            Sweeps = settings.SweepSteps == 0 ? [] : [.. settings.Seeds.Select(seed => results.Sweep(task, seed, structure).Value)],
            Ablations = settings.Ablation is not null && isFirst ? results.Worth(task).Value : null,
            Promises = settings.PromiseDraws > 0 && isFirst
                ? [.. settings.Seeds.Select(seed => results.Promises(task, seed).Value)]
                : [],
            PoolTiers = [.. runs.Select(run => run.Pools).OfType<PoolTiers>()],
        };
    }

    /// <summary>The plan of pools of a run at the first structure; null where there is none.</summary>
    private Plan? Pools(RunFolder run)
    {
        var request = PlanInputs.ReadAt(run, settings.Structures[0], settings.Choices);
        return request.Training is null ? null : (new Planner(request).Plan(PolicyList.Pools) as PlanOutcome.Planned)?.Plan;
    }

    private RunFolder FirstRun(TaskSpec task) =>
        settings.Seeds.Select(seed => folder.Run(task.Name, seed)).FirstOrDefault(run => Directory.Exists(run.Path))
            ?? throw new InputException(
                Path.GetDirectoryName(folder.Run(task.Name, settings.Seeds[0]).Path)!,
                "holds no run any more, where a report shows the data map of one",
                $"name one more seed, or remove {folder.ResultsOf(task.Name, settings.Seeds[0])}, and that seed is trained again");

    private IReadOnlyList<string> Warnings(TaskSpec task, long seed) => results.IsKept(task, seed)
        ? [StudySentences.KeptRun]
        : RunSummary.Of(folder.Run(task.Name, seed)).Warnings;

    private IEnumerable<KeyValuePair<string, string>> Settings()
    {
        yield return new("data", string.Join(", ", settings.Tasks.Select(task => task.Spec)));
        yield return new("seeds", string.Join(", ", settings.Seeds));
        yield return new(
            "tier depths",
            string.Join("; ", settings.Structures.Select(structure => string.Join(", ", structure.Tiers.Select(tier => tier.Depth)))));
        yield return new("halvings of dev", $"{settings.Halvings}");
        yield return new(
            "cost structures of a sweep",
            settings.SweepSteps == 0 ? "none" : $"{Math.Pow(settings.SweepSteps, settings.Structures[0].Tiers.Count)}");
        if (settings.PromiseDraws > 0)
            yield return new("redraws of a promise", Formatting.Count(settings.PromiseDraws));
        foreach (var setting in RunSummary.Of(FirstRun(settings.Tasks[0])).Settings.Where(setting => setting.Key != "seed"))
            yield return setting;
    }

    private IEnumerable<ProvenanceFile> Files()
    {
        var runs = settings.Tasks.SelectMany(_ => settings.Seeds, (task, seed) => (task, seed)).ToArray();
        string[] made =
        [
            .. runs.SelectMany(_ => settings.Structures, (run, structure) => (run, structure))
                .SelectMany(one => new[]
                {
                    folder.Measures(one.run.task.Name, one.run.seed, one.structure),
                    folder.Sweep(one.run.task.Name, one.run.seed, one.structure),
                }),
            .. runs.Select(run => folder.Promises(run.task.Name, run.seed, settings.Structures[0])),
            folder.MadePromises,
            .. settings.Tasks.SelectMany(_ => settings.Structures, (task, structure) => folder.Seeds(task.Name, structure)),
        ];
        var there = runs.Where(run => !results.IsKept(run.task, run.seed));
        return RunReport.Files([.. there.SelectMany(run => RunFiles(folder.Run(run.task.Name, run.seed))), .. made], folder.Path);

        // Not the run's record, which also says how fast it was: a study that was stopped and resumed has the same report.
        static string[] RunFiles(RunFolder run) =>
        [
            Path.Combine(run.Model, "model.safetensors"), run.TrainEmbeddings, run.Predictions(PartNames.Selection),
            run.Predictions(PartNames.Dev),
        ];
    }
}
