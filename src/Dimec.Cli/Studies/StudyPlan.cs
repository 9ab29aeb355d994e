using Dimec.Cli.Commands;
using Dimec.Cli.Runs;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Predictions;
using Dimec.Studies;
using Dimec.Sweeps;
using Dimec.Text;
using Dimec.Training;

namespace Dimec.Cli.Studies;

/// <summary>The steps of a study, in their order: every training, then what is measured of each, then the seeds of a task together.</summary>
internal sealed class StudyPlan(StudySettings settings, StudyFolder folder, IReadOnlyDictionary<string, TaskData> data, CommandContext context)
{
    private readonly EvaluationOptions _options = new();

    private IEnumerable<(TaskSpec Task, long Seed)> Runs => settings.Seeds.SelectMany(_ => settings.Tasks, (seed, task) => (task, seed));

    private IEnumerable<(TaskSpec Task, long Seed, CostStructure Structure)> Measured => Runs.SelectMany(_ => settings.Structures, (run, structure) => (run.Task, run.Seed, structure));

    /// <summary>All steps.</summary>
    public IReadOnlyList<StudyStep> Steps() =>
    [
        .. Runs.Select(run => new StudyStep(StepKind.Train, $"{run.Task.Name}, seed {run.Seed}: training", TokensOf(run.Task) * settings.Training.Epochs, stop => Train(run.Task, run.Seed, stop))),
        .. Measured.Select(one => new StudyStep(
            StepKind.Measure, NameOf(one, "every policy, both protocols"), PartsOf(one.Task).Selection + (PartsOf(one.Task).Dev * settings.Halvings / 40.0), stop => Measure(one.Task, one.Seed, one.Structure, stop))),
        .. Measured.Where(_ => settings.SweepSteps > 0).Select(one => new StudyStep(
            StepKind.Sweep, NameOf(one, "sweep over cost structures"), Math.Pow(settings.SweepSteps, one.Structure.Tiers.Count) * PartsOf(one.Task).Selection, stop => Sweep(one.Task, one.Seed, one.Structure, stop))),
        .. settings.Tasks.SelectMany(_ => settings.Structures, (task, structure) => new StudyStep(
            StepKind.Seeds, $"{task.Name}, tiers at {StudySettings.NameOf(structure)}: the seeds together", PartsOf(task).Dev * settings.Seeds.Count, _ => Seeds(task, structure))),
    ];

    /// <summary>What was measured of each seed of a task at a structure.</summary>
    public IReadOnlyList<RunMeasures> MeasuresOf(TaskSpec task, CostStructure structure) =>
        [.. settings.Seeds.Select(seed => Result<RunMeasures>(folder.Measures(task.Name, seed, structure), MeasuresFrom(task, seed, structure)))];

    /// <summary>The sweeps of each seed of a task around a structure.</summary>
    public IReadOnlyList<SweepDocument> SweepsOf(TaskSpec task, CostStructure structure) => settings.SweepSteps == 0
        ? []
        : [.. settings.Seeds.Select(seed => Result<SweepDocument>(folder.Sweep(task.Name, seed, structure), SweepFrom(task, seed, structure)))];

    /// <summary>The seeds of a task together.</summary>
    public SeedsDocument SeedsOf(TaskSpec task, CostStructure structure) => Result<SeedsDocument>(folder.Seeds(task.Name, structure), SeedsFrom(task, structure));

    /// <summary>How one run is trained.</summary>
    public TrainingArguments Arguments(TaskSpec task, long seed) => settings.Training with
    {
        Out = folder.Run(task.Name, seed).Path,
        Seed = seed,
        Notes = Notes(task, seed),
    };

    private static string NameOf((TaskSpec Task, long Seed, CostStructure Structure) one, string what) => $"{one.Task.Name}, seed {one.Seed}, tiers at {StudySettings.NameOf(one.Structure)}: {what}";

    private bool Train(TaskSpec task, long seed, CancellationToken stop) =>
        !TrainingCall.Check(() => task.Data(seed), Arguments(task, seed), new InputErrors()).Run(context, stop).WasFinished;

    private bool Measure(TaskSpec task, long seed, CostStructure structure, CancellationToken stop)
    {
        var (path, from) = (folder.Measures(task.Name, seed, structure), MeasuresFrom(task, seed, structure));
        if (StudyFile.Read<RunMeasures>(path, from) is not null)
            return false;
        var (request, dev) = Inputs(task, seed, structure);
        StudyFile.Write(path, from, RunMeasurer.Measure(request, dev, _options with { Task = data[task.Name].Name }, settings.Halvings, stop));
        return true;
    }

    private bool Sweep(TaskSpec task, long seed, CostStructure structure, CancellationToken stop)
    {
        var (path, from) = (folder.Sweep(task.Name, seed, structure), SweepFrom(task, seed, structure));
        if (StudyFile.Read<SweepDocument>(path, from) is not null)
            return false;
        var (request, dev) = Inputs(task, seed, structure);
        StudyFile.Write(path, from, CostSweep.Run(request, dev, CostGrid.Around(structure, settings.SweepSteps), done: null, stop));
        return true;
    }

    private bool Seeds(TaskSpec task, CostStructure structure)
    {
        var (path, from) = (folder.Seeds(task.Name, structure), SeedsFrom(task, structure));
        if (StudyFile.Read<SeedsDocument>(path, from) is not null)
            return false;
        StudyFile.Write(path, from, SeedsDocument.Of(MeasuresOf(task, structure), settings.Choices.Options.MaxDrop, _options));
        return true;
    }

    private (PlanRequest Request, RecordedExits Dev) Inputs(TaskSpec task, long seed, CostStructure structure)
    {
        var run = folder.Run(task.Name, seed);
        return (PlanInputs.ReadAt(run, structure, settings.Choices), new RunParts(run).Predictions("dev"));
    }

    private Dictionary<string, string> MeasuresFrom(TaskSpec task, long seed, CostStructure structure)
    {
        var run = folder.Run(task.Name, seed);
        return new Dictionary<string, string>
        {
            // Not the run's record, which also says how fast it was.
            ["model"] = Hashes.Of(Path.Combine(run.Model, "model.safetensors")),
            ["selection"] = Hashes.Of(run.Predictions(SelectionPart.Name)),
            ["dev"] = Hashes.Of(run.Predictions("dev")),
            ["settings"] = StudyFile.Text(new { structure, settings.Choices, settings.Halvings, _options.BootstrapDraws, Version = typeof(RunMeasures).Assembly.GetName().Version!.ToString() }),
        };
    }

    private Dictionary<string, string> SweepFrom(TaskSpec task, long seed, CostStructure structure) =>
        new(MeasuresFrom(task, seed, structure)) { ["sweep"] = $"{settings.SweepSteps} steps" };

    private Dictionary<string, string> SeedsFrom(TaskSpec task, CostStructure structure) =>
        settings.Seeds.ToDictionary(seed => $"seed-{seed}", seed => Hashes.Of(folder.Measures(task.Name, seed, structure)));

    private static T Result<T>(string path, IReadOnlyDictionary<string, string> madeFrom)
        where T : class =>
        StudyFile.Read<T>(path, madeFrom) ?? throw new JobException($"{path} was changed while the study ran. Run the same command again; it works out what is missing.");

    private Dictionary<string, string> Notes(TaskSpec task, long seed)
    {
        var reading = task.Reading;
        var notes = new Dictionary<string, string> { ["command"] = context.CommandLine, ["--data"] = task.Spec, ["--seed"] = $"{task.SplitSeed(seed)}" };
        if (reading.Limit is { } limit)
            notes["--limit"] = $"{limit}";
        if (reading.HeldOutLimit is { } heldOut)
            notes["--held-out-limit"] = $"{heldOut}";
        return notes;
    }

    private (int Selection, int Dev) PartsOf(TaskSpec task) => (data[task.Name].Selection.Samples.Count, data[task.Name].Dev.Samples.Count);

    /// <summary>About how many tokens an epoch has: a token is four characters of text and a sample's two special ones.</summary>
    private double TokensOf(TaskSpec task) => data[task.Name].Train.Samples.Sum(sample => ((sample.Text.Length + (sample.Pair?.Length ?? 0)) / 4.0) + 2);
}
