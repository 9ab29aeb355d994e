using Dimec.Cli.Commands;
using Dimec.Costs;
using Dimec.Text;

namespace Dimec.Cli.Studies;

/// <summary>The steps of a study, in their order: every training, then what is measured of each, then the seeds of a task together.</summary>
internal sealed class StudyPlan(StudySettings settings, StudyFolder folder, StudyResults results, IReadOnlyDictionary<string, TaskData> data, CommandContext context)
{
    private IEnumerable<(TaskSpec Task, long Seed)> Runs => settings.Seeds.SelectMany(_ => settings.Tasks, (seed, task) => (task, seed));

    private IEnumerable<(TaskSpec Task, long Seed, CostStructure Structure)> Measured => Runs.SelectMany(_ => settings.Structures, (run, structure) => (run.Task, run.Seed, structure));

    private IEnumerable<(TaskSpec Task, TrainingVariant Variant)> Varied => settings.Tasks.SelectMany(_ => settings.Variants, (task, variant) => (task, variant));

    /// <summary>All steps.</summary>
    public IReadOnlyList<StudyStep> Steps() => [.. Trainings(), .. Measures(), .. Sweeps(), .. Choices(), .. Together(), .. Changes()];

    private IEnumerable<StudyStep> Trainings() =>
    [
        .. Runs.Select(run => new StudyStep(
            StepKind.Train, $"{run.Task.Name}, seed {run.Seed}: training", TokensOf(run.Task) * settings.Training.Epochs, stop => Train(run.Task, run.Seed, variant: null, stop))),
        .. Varied.Select(one => new StudyStep(
            StepKind.Train,
            $"{one.Task.Name}, seed {settings.Seeds[0]}, {one.Variant.Choice(settings.Structures[0])}: training",
            one.Variant.Work * TokensOf(one.Task) * settings.Training.Epochs,
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
        StepKind.Ablate, $"{run.Task.Name}, seed {run.Seed}: what each open choice is worth", SelectionOf(run.Task), results.Choices(run.Task, run.Seed).Run));

    private IEnumerable<StudyStep> Changes() => Varied.Select(one => new StudyStep(
        StepKind.Seeds, $"{one.Task.Name}, {one.Variant.Choice(settings.Structures[0])}: exit by exit", DevOf(one.Task), results.Change(one.Task, one.Variant).Run));

    private IEnumerable<StudyStep> Together() =>
    [
        .. settings.Tasks.SelectMany(_ => settings.Structures, (task, structure) => new StudyStep(
            StepKind.Seeds, $"{task.Name}, tiers at {StudySettings.NameOf(structure)}: the seeds together", DevOf(task) * settings.Seeds.Count, results.Seeds(task, structure).Run)),
        .. settings.Tasks.Where(_ => settings.Ablation is not null).Select(task => new StudyStep(
            StepKind.Seeds, $"{task.Name}: the seeds' open choices together", DevOf(task) * settings.Seeds.Count, results.Worth(task).Run)),
    ];

    private bool Train(TaskSpec task, long seed, TrainingVariant? variant, CancellationToken stop)
    {
        var own = settings.Training with { Seed = seed, Notes = Notes(task, seed) };
        // Of another way to train nothing is planned, so its states and the selection samples' dynamics are not asked for.
        var arguments = variant is null
            ? own with { Out = folder.Run(task.Name, seed).Path }
            : variant.Apply(own with { Out = folder.Run(task.Name, seed, variant).Path, States = [], SelectionDynamics = false }, settings.Structures[0]);
        return !TrainingCall.Check(() => task.Data(seed), arguments, new InputErrors()).Run(context, stop).WasFinished;
    }

    /// <summary>What later commands read the same data by, as the options of a training.</summary>
    private Dictionary<string, string> Notes(TaskSpec task, long seed)
    {
        var notes = new Dictionary<string, string> { ["command"] = context.CommandLine, ["--data"] = task.Spec, ["--seed"] = $"{task.SplitSeed(seed)}" };
        if (task.Reading.Limit is { } limit)
            notes["--limit"] = $"{limit}";
        if (task.Reading.HeldOutLimit is { } heldOut)
            notes["--held-out-limit"] = $"{heldOut}";
        return notes;
    }

    private static string NameOf((TaskSpec Task, long Seed, CostStructure Structure) one, string what) => $"{one.Task.Name}, seed {one.Seed}, tiers at {StudySettings.NameOf(one.Structure)}: {what}";

    private int SelectionOf(TaskSpec task) => data[task.Name].Selection.Samples.Count;

    private int DevOf(TaskSpec task) => data[task.Name].Dev.Samples.Count;

    /// <summary>About how many tokens an epoch has: a token is four characters of text and a sample's two special ones.</summary>
    private double TokensOf(TaskSpec task) => data[task.Name].Train.Samples.Sum(sample => ((sample.Text.Length + (sample.Pair?.Length ?? 0)) / 4.0) + 2);
}
