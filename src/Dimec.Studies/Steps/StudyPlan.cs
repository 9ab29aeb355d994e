using Dimec.Costs;
using Dimec.Studies.Results;
using Dimec.Studies.Settings;
using Dimec.Text;

namespace Dimec.Studies.Steps;

/// <summary>
/// The steps of a study, in their order: every training, then what is measured of each, then the seeds of a task together.
/// </summary>
internal sealed class StudyPlan(
    StudySettings settings, StudyFolder folder, StudyResults results, IReadOnlyDictionary<string, TaskData> data, IStudyTrainer trainer)
{
    private IEnumerable<(TaskSpec Task, long Seed)> Runs => settings.Seeds.SelectMany(_ => settings.Tasks, (seed, task) => (task, seed));

    private IEnumerable<(TaskSpec Task, long Seed, CostStructure Structure)> Measured =>
        Runs.SelectMany(_ => settings.Structures, (run, structure) => (run.Task, run.Seed, structure));

    private IEnumerable<(TaskSpec Task, TrainingVariant Variant)> Varied =>
        settings.Tasks.SelectMany(_ => settings.Variants, (task, variant) => (task, variant));

    /// <summary>All steps.</summary>
    public IReadOnlyList<StudyStep> Steps() =>
        [.. Trainings(), .. Measures(), .. Sweeps(), .. Choices(), .. Promises(), .. Together(), .. Changes()];

    private IEnumerable<StudyStep> Trainings() =>
    [
        .. Runs.Select(run => new StudyStep(
            StepKind.Train, $"{run.Task.Name}, seed {run.Seed}: training", TokensOf(run.Task) * settings.Epochs,
            stop => Train(run.Task, run.Seed, variant: null, stop))),
        .. Varied.Select(one => new StudyStep(
            StepKind.Train,
            $"{one.Task.Name}, seed {settings.Seeds[0]}, {one.Variant.Choice(settings.Structures[0])}: training",
            one.Variant.Work * TokensOf(one.Task) * settings.Epochs,
            stop => Train(one.Task, settings.Seeds[0], one.Variant, stop))),
    ];

    private IEnumerable<StudyStep> Measures() => Measured.Select(one => new StudyStep(
        StepKind.Measure,
        NameOf(one, "every policy, both protocols"),
        SelectionOf(one.Task) + (DevOf(one.Task) * settings.Halvings / 40.0),
        results.Measures(one.Task, one.Seed, one.Structure).Run));

    private IEnumerable<StudyStep> Sweeps() => Measured.Where(_ => settings.SweepSteps > 0).Select(one => new StudyStep(
        StepKind.Sweep,
        NameOf(one, "sweep over cost structures"),
        Math.Pow(settings.SweepSteps, one.Structure.Tiers.Count) * SelectionOf(one.Task),
        results.Sweep(one.Task, one.Seed, one.Structure).Run));

    private IEnumerable<StudyStep> Choices() => Runs.Where(_ => settings.Ablation is not null).Select(run => new StudyStep(
        StepKind.Ablate, $"{run.Task.Name}, seed {run.Seed}: what each open choice is worth", SelectionOf(run.Task),
        results.Choices(run.Task, run.Seed).Run));

    private IEnumerable<StudyStep> Promises() => settings.PromiseDraws == 0
        ? []
        :
        [
            .. Runs.Select(run => new StudyStep(
                StepKind.Redraw, $"{run.Task.Name}, seed {run.Seed}: promises redrawn", settings.PromiseDraws,
                results.Promises(run.Task, run.Seed).Run)),
            new StudyStep(StepKind.Redraw, "made exits: promises redrawn", settings.PromiseDraws, results.MadePromises().Run),
        ];

    private IEnumerable<StudyStep> Changes() => Varied.Select(one => new StudyStep(
        StepKind.Seeds, $"{one.Task.Name}, {one.Variant.Choice(settings.Structures[0])}: exit by exit", DevOf(one.Task),
        results.Change(one.Task, one.Variant).Run));

    private IEnumerable<StudyStep> Together() =>
    [
        .. settings.Tasks.SelectMany(_ => settings.Structures, (task, structure) => new StudyStep(
            StepKind.Seeds, $"{task.Name}, tiers at {StudySettings.NameOf(structure)}: the seeds together",
            DevOf(task) * settings.Seeds.Count, results.Seeds(task, structure).Run)),
        .. settings.Tasks.Where(_ => settings.Ablation is not null).Select(task => new StudyStep(
            StepKind.Seeds, $"{task.Name}: the seeds' open choices together", DevOf(task) * settings.Seeds.Count, results.Worth(task).Run)),
    ];

    private bool Train(TaskSpec task, long seed, TrainingVariant? variant, CancellationToken cancellationToken)
    {
        if (variant is null && results.IsKept(task, seed))
            return false;
        var run = variant is null ? folder.Run(task.Name, seed) : folder.Run(task.Name, seed, variant);
        return trainer.Train(new StudyRun(task, seed, variant, run, settings.Structures[0]), cancellationToken);
    }

    private static string NameOf((TaskSpec Task, long Seed, CostStructure Structure) one, string what) =>
        $"{one.Task.Name}, seed {one.Seed}, tiers at {StudySettings.NameOf(one.Structure)}: {what}";

    private int SelectionOf(TaskSpec task) => data[task.Name].Selection.Samples.Count;

    private int DevOf(TaskSpec task) => data[task.Name].Dev.Samples.Count;

    /// <summary>About how many tokens an epoch has: a token is four characters of text and a sample's two special ones.</summary>
    private double TokensOf(TaskSpec task) =>
        data[task.Name].Train.Samples.Sum(sample => ((sample.Text.Length + (sample.Pair?.Length ?? 0)) / 4.0) + 2);
}
