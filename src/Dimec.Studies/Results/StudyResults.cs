using System.Collections.Concurrent;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Predictions;
using Dimec.Runs.Parts;
using Dimec.Runs.Plans;
using Dimec.Studies.Ablations;
using Dimec.Studies.Measures;
using Dimec.Studies.Promises;
using Dimec.Studies.Seeds;
using Dimec.Studies.Settings;
using Dimec.Studies.Sweeps;

namespace Dimec.Studies.Results;

/// <summary>Everything that is worked out from the trainings of a study.</summary>
public sealed class StudyResults
{
    private readonly StudySettings _settings;
    private readonly StudyFolder _folder;
    private readonly IStudyTrainer _trainer;
    private readonly EvaluationOptions _options = new();

    /// <summary>The hashes of runs: once trained they are only read, and they are of hundreds of megabytes.</summary>
    private readonly ConcurrentDictionary<string, string> _runs = new(StringComparer.Ordinal);

    internal StudyResults(StudySettings settings, StudyFolder folder, IStudyTrainer trainer) =>
        (_settings, _folder, _trainer) = (settings, folder, trainer);

    /// <summary>The build of all code that results are made by: two builds of one version need not come to the same result.</summary>
    private static string Code { get; } = string.Join(
        ' ', new[] { typeof(Planner), typeof(RunParts), typeof(StudyResults) }.Select(type => type.Module.ModuleVersionId));

    /// <summary>The open choices are measured at one set of depths.</summary>
    private CostStructure First => _settings.Structures[0];

    /// <summary>
    /// Whether a run was removed once all that the study measures of it was worked out, or was trained on another machine from which its
    /// results were brought: these stand as they are, whatever build made them.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="seed">The seed.</param>
    public bool IsKept(TaskSpec task, long seed)
    {
        ArgumentNullException.ThrowIfNull(task);
        return !Directory.Exists(_folder.Run(task.Name, seed).Path) && FilesOf(task, seed).All(File.Exists);
    }

    /// <summary>Every policy on one run at one structure, in both protocols.</summary>
    public StudyResult<RunMeasures> Measures(TaskSpec task, long seed, CostStructure structure) => new(
        _folder.Measures(task.Name, seed, structure),
        () => MadeFrom(task, seed, structure, $"{_settings.Halvings} halvings", _folder.Measures(task.Name, seed, structure)),
        stop =>
        {
            var (request, dev) = Inputs(task, seed, structure);
            return RunMeasurer.Measure(request, dev, _options with { Task = task.Name }, _settings.Halvings, stop);
        });

    /// <summary>Every policy on one run over cost structures around one.</summary>
    public StudyResult<SweepDocument> Sweep(TaskSpec task, long seed, CostStructure structure) => new(
        _folder.Sweep(task.Name, seed, structure),
        () => MadeFrom(task, seed, structure, $"{_settings.SweepSteps} steps", _folder.Sweep(task.Name, seed, structure)),
        stop =>
        {
            var (request, dev) = Inputs(task, seed, structure);
            return CostSweep.Run(request, dev, CostGrid.Around(structure, _settings.SweepSteps), done: null, stop);
        });

    /// <summary>What each open choice of planning comes to in one run.</summary>
    public StudyResult<AblationRun> Choices(TaskSpec task, long seed) => new(
        _folder.Ablation(task.Name, seed, First),
        () => MadeFrom(task, seed, First, "every switch", _folder.Ablation(task.Name, seed, First)),
        stop =>
        {
            var (request, dev) = Inputs(task, seed, First);
            return Ablation.Run(
                request, dev,
                new AblationSource(_folder.Run(task.Name, seed), First, () => task.Data(seed).Load(stop), _trainer, stop), stop);
        });

    /// <summary>How often promises are broken on redraws of one run's recorded exits.</summary>
    public StudyResult<PromiseRedraws> Promises(TaskSpec task, long seed) => new(
        _folder.Promises(task.Name, seed, First),
        () => MadeFrom(task, seed, First, $"{_settings.PromiseDraws} redraws", _folder.Promises(task.Name, seed, First)),
        stop =>
        {
            var (request, dev) = Inputs(task, seed, First);
            var run = _folder.Run(task.Name, seed);
            var parts = new RunParts(run);
            return PromiseRedrawing.Run(
                request,
                File.Exists(run.Predictions(PartNames.Calibration)) ? [parts.Predictions(PartNames.Calibration), dev] : [dev],
                Redraws, stop);
        });

    /// <summary>The same on made exits, whatever the study's tasks are.</summary>
    public StudyResult<PromiseRedraws> MadePromises() => new(
        _folder.MadePromises,
        () => new Dictionary<string, string> { ["settings"] = StudyFile.Text(Redraws), ["dimec"] = Code },
        stop => Studies.Promises.MadePromises.Run(Redraws, stop));

    /// <summary>The seeds of a task together.</summary>
    public StudyResult<SeedsDocument> Seeds(TaskSpec task, CostStructure structure) => new(
        _folder.Seeds(task.Name, structure),
        () => Hashed(seed => _folder.Measures(task.Name, seed, structure)),
        _ => SeedsDocument.Of(
            [.. _settings.Seeds.Select(seed => Measures(task, seed, structure).Value)], _settings.Choices.Options.MaxDrop, _options));

    /// <summary>What each open choice of planning is worth over the seeds of a task.</summary>
    public StudyResult<AblationTable> Worth(TaskSpec task) => new(
        _folder.AblationTable(task.Name, First),
        () => Hashed(seed => _folder.Ablation(task.Name, seed, First)),
        _ => AblationTable.Of([.. _settings.Seeds.Select(seed => Choices(task, seed).Value)], _options));

    /// <summary>What another way to train comes to, with the first seed.</summary>
    public StudyResult<TrainingChange> Change(TaskSpec task, TrainingVariant variant)
    {
        var seed = _settings.Seeds[0];
        var (own, other) = (_folder.Run(task.Name, seed), _folder.Run(task.Name, seed, variant));
        return new StudyResult<TrainingChange>(
            _folder.Change(task.Name, seed, variant),
            () => new Dictionary<string, string>
            {
                ["own"] = FileHash.Of(own.Predictions(PartNames.Dev)),
                ["other"] = FileHash.Of(other.Predictions(PartNames.Dev)),
                ["dimec"] = Code,
            },
            _ => new TrainingChange(variant.Choice(First), Ablation.Compare([new TrainingPair(
                new RunParts(own).Predictions(PartNames.Dev), new RunParts(other).Predictions(PartNames.Dev))], _options)));
    }

    private RedrawOptions Redraws => new(_settings.PromiseDraws, _settings.Choices.Options.MaxDrop);

    private (PlanRequest Request, RecordedExits Dev) Inputs(TaskSpec task, long seed, CostStructure structure)
    {
        var run = _folder.Run(task.Name, seed);
        if (!Directory.Exists(run.Path))
        {
            throw new InputException(
                run.Path, "is no longer there, and what was measured of it was measured with other settings",
                $"name the settings of then, or remove {_folder.ResultsOf(task.Name, seed)}, and it is trained again");
        }

        return (PlanInputs.ReadAt(run, structure, _settings.Choices), new RunParts(run).Predictions(PartNames.Dev));
    }

    /// <summary>The files of what is measured of a run.</summary>
    private IEnumerable<string> FilesOf(TaskSpec task, long seed) =>
    [
        .. _settings.Structures.Select(structure => _folder.Measures(task.Name, seed, structure)),
        .. _settings.Structures.Where(_ => _settings.SweepSteps > 0).Select(structure => _folder.Sweep(task.Name, seed, structure)),
        .. _settings.Ablation is null ? [] : new[] { _folder.Ablation(task.Name, seed, First) },
        .. _settings.PromiseDraws == 0 ? [] : new[] { _folder.Promises(task.Name, seed, First) },
    ];

    private Dictionary<string, string> MadeFrom(TaskSpec task, long seed, CostStructure structure, string how, string file)
    {
        var run = _folder.Run(task.Name, seed);
        var kept = IsKept(task, seed) ? StudyFile.MadeFrom(file) : new Dictionary<string, string>();
        return new Dictionary<string, string>
        {
            ["run"] = kept.GetValueOrDefault("run") ?? _runs.GetOrAdd(run.Path, _ => RunHash.Of(run)),
            ["settings"] = StudyFile.Text(new MeasureSettings(structure, _settings.Choices, _options.BootstrapDraws, how)),
            ["dimec"] = kept.GetValueOrDefault("dimec") ?? Code,
        };
    }

    private Dictionary<string, string> Hashed(Func<long, string> file) =>
        new(_settings.Seeds.ToDictionary(seed => $"seed-{seed}", seed => FileHash.Of(file(seed)))) { ["dimec"] = Code };

    /// <summary>Everything but the run and the code that a result depends on.</summary>
    private sealed record MeasureSettings(CostStructure Structure, PlanChoices Choices, int BootstrapDraws, string How);
}
