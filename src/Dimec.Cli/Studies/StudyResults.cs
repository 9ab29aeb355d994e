using System.Collections.Concurrent;
using Dimec.Ablations;
using Dimec.Cli.Runs;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Predictions;
using Dimec.Studies;
using Dimec.Sweeps;

namespace Dimec.Cli.Studies;

/// <summary>Everything that is worked out from the trainings of a study.</summary>
/// <param name="settings">The study.</param>
/// <param name="folder">Its folder.</param>
internal sealed class StudyResults(StudySettings settings, StudyFolder folder)
{
    private readonly EvaluationOptions _options = new();

    /// <summary>The hashes of runs: once trained they are only read, and they are of hundreds of megabytes.</summary>
    private readonly ConcurrentDictionary<string, string> _runs = new(StringComparer.Ordinal);

    /// <summary>The build of the method's code: two builds of one version need not come to the same result.</summary>
    private static string Code => typeof(RunMeasures).Module.ModuleVersionId.ToString();

    /// <summary>The open choices are measured at one set of depths.</summary>
    private CostStructure First => settings.Structures[0];

    /// <summary>Every policy on one run at one structure, in both protocols.</summary>
    public StudyResult<RunMeasures> Measures(TaskSpec task, long seed, CostStructure structure) => new(
        folder.Measures(task.Name, seed, structure),
        () => MadeFrom(task, seed, structure, $"{settings.Halvings} halvings"),
        stop =>
        {
            var (request, dev) = Inputs(task, seed, structure);
            return RunMeasurer.Measure(request, dev, _options with { Task = task.Name }, settings.Halvings, stop);
        });

    /// <summary>Every policy on one run over cost structures around one.</summary>
    public StudyResult<SweepDocument> Sweep(TaskSpec task, long seed, CostStructure structure) => new(
        folder.Sweep(task.Name, seed, structure),
        () => MadeFrom(task, seed, structure, $"{settings.SweepSteps} steps"),
        stop =>
        {
            var (request, dev) = Inputs(task, seed, structure);
            return CostSweep.Run(request, dev, CostGrid.Around(structure, settings.SweepSteps), done: null, stop);
        });

    /// <summary>What each open choice of planning comes to in one run.</summary>
    public StudyResult<AblationRun> Choices(TaskSpec task, long seed) => new(
        folder.Ablation(task.Name, seed, First),
        () => MadeFrom(task, seed, First, "every switch"),
        stop =>
        {
            var (request, dev) = Inputs(task, seed, First);
            return Ablation.Run(request, dev, new AblationSource(folder.Run(task.Name, seed), First, () => task.Data(seed).Load(stop), stop), stop);
        });

    /// <summary>The seeds of a task together.</summary>
    public StudyResult<SeedsDocument> Seeds(TaskSpec task, CostStructure structure) => new(
        folder.Seeds(task.Name, structure),
        () => Hashed(seed => folder.Measures(task.Name, seed, structure)),
        _ => SeedsDocument.Of([.. settings.Seeds.Select(seed => Measures(task, seed, structure).Value)], settings.Choices.Options.MaxDrop, _options));

    /// <summary>What each open choice of planning is worth over the seeds of a task.</summary>
    public StudyResult<AblationTable> Worth(TaskSpec task) => new(
        folder.AblationTable(task.Name, First),
        () => Hashed(seed => folder.Ablation(task.Name, seed, First)),
        _ => AblationTable.Of([.. settings.Seeds.Select(seed => Choices(task, seed).Value)], _options));

    /// <summary>What another way to train comes to, with the first seed.</summary>
    public StudyResult<TrainingChange> Change(TaskSpec task, TrainingVariant variant)
    {
        var seed = settings.Seeds[0];
        var (own, other) = (folder.Run(task.Name, seed), folder.Run(task.Name, seed, variant));
        return new StudyResult<TrainingChange>(
            folder.Change(task.Name, seed, variant),
            () => new Dictionary<string, string> { ["own"] = Hashes.Of(own.Predictions("dev")), ["other"] = Hashes.Of(other.Predictions("dev")), ["dimec"] = Code },
            _ => new TrainingChange(variant.Choice(First), Ablation.Compare([new TrainingPair(new RunParts(own).Predictions("dev"), new RunParts(other).Predictions("dev"))], _options)));
    }

    private (PlanRequest Request, RecordedExits Dev) Inputs(TaskSpec task, long seed, CostStructure structure)
    {
        var run = folder.Run(task.Name, seed);
        return (PlanInputs.ReadAt(run, structure, settings.Choices), new RunParts(run).Predictions("dev"));
    }

    private Dictionary<string, string> MadeFrom(TaskSpec task, long seed, CostStructure structure, string how)
    {
        var run = folder.Run(task.Name, seed);
        return new Dictionary<string, string>
        {
            ["run"] = _runs.GetOrAdd(run.Path, _ => RunHash.Of(run)),
            ["settings"] = StudyFile.Text(new { structure, settings.Choices, _options.BootstrapDraws, how }),
            ["dimec"] = Code,
        };
    }

    private Dictionary<string, string> Hashed(Func<long, string> file) =>
        new(settings.Seeds.ToDictionary(seed => $"seed-{seed}", seed => Hashes.Of(file(seed)))) { ["dimec"] = Code };
}
