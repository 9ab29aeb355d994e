using Dimec.Checkpoints;
using Dimec.Costs;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Studies;
using Dimec.Studies.Settings;
using Dimec.Text;
using Dimec.Training;

namespace Dimec.Cli.Commands;

/// <summary>Trains for a study as <c>dimec train</c> does.</summary>
/// <param name="training">How each run is trained, but for its folder and its seed.</param>
/// <param name="context">Where progress goes.</param>
internal sealed class StudyTrainer(TrainingArguments training, CommandContext context) : IStudyTrainer
{
    private TrainingArguments _training = training;

    /// <summary>
    /// What <c>--precision auto</c> comes to: one answer for all trainings of the study, so that its seeds differ in nothing else. It is
    /// that of the trainings that were begun already, or else what is measured now on the first task.
    /// </summary>
    public StudyTrainings Begin(
        StudySettings settings, StudyFolder folder, IReadOnlyDictionary<string, TaskData> data, CancellationToken cancellationToken)
    {
        if (_training.Precision == Precision.Auto)
        {
            var runs = Runs(settings, folder).ToArray();
            var run = runs.FirstOrDefault(run => File.Exists(run.Record)) ?? runs[0];
            var backbone = Backbones.Load(_training.Backbone);
            var choice = Trainer.ChoosePrecision(
                _training with { Out = run.Path }, data[settings.Tasks[0].Name], backbone, context.Time, cancellationToken);
            context.Console.WriteProgress(choice.Sentence);
            _training = _training with { PrecisionChoice = choice };
        }

        return new StudyTrainings(
            ChoiceNames.Of(_training.PrecisionChoice?.Taken ?? _training.Precision), ChoiceNames.Of(_training.Precision),
            _training.PrecisionChoice?.Bf16Speed);
    }

    public bool Train(StudyRun run, CancellationToken cancellationToken)
    {
        var own = _training with { Out = run.Folder.Path, Seed = run.Seed, Notes = Notes(run.Task, run.Seed) };
        // Of another way to train nothing is planned, so its states and the selection samples' dynamics are not asked for.
        var arguments = run.Variant is null ? own : Varied(own with { States = [], SelectionDynamics = false }, run.Variant, run.Depths);
        return !TrainingCall.Check(() => run.Task.Data(run.Seed), arguments, new InputErrors()).Run(context, cancellationToken).WasFinished;
    }

    public IReadOnlyList<SampleEmbeddings> Embed(
        RunFolder run, EmbeddingKind kind, IReadOnlyList<Dataset> parts, CancellationToken cancellationToken)
    {
        var checkpoint = Checkpoint.Load(run.Model);
        var tokenizer = CheckpointTokenizers.Read(checkpoint, run.Model);
        using var model = new TrainedModel(checkpoint, kind);
        return [.. parts.Select(part =>
            model.Embed(part, sample => tokenizer.Encode(sample.Text, sample.Pair, checkpoint.Exits!.MaxLength), cancellationToken))];
    }

    /// <summary>Arguments in which a variant's choice is made and all else is as it was.</summary>
    internal static TrainingArguments Varied(
        TrainingArguments arguments, TrainingVariant variant, CostStructure depths) => variant.Name switch
        {
            "frozen" => arguments with { ExitsTraining = ExitsTraining.Frozen },
            "alternating" => arguments with { ExitsTraining = ExitsTraining.Alternating },
            "distilled" => arguments with { Distill = 1 },
            "tier-exits" => arguments with { Exits = [.. depths.Tiers.Select(tier => tier.Depth)] },
            var name => throw new NotSupportedException($"There is no training '{name}'."),
        };

    private static IEnumerable<RunFolder> Runs(StudySettings settings, StudyFolder folder) =>
    [
        .. settings.Seeds.SelectMany(_ => settings.Tasks, (seed, task) => folder.Run(task.Name, seed)),
        .. settings.Tasks.SelectMany(_ => settings.Variants, (task, variant) => folder.Run(task.Name, settings.Seeds[0], variant)),
    ];

    /// <summary>What later commands read the same data by, as the options of a training.</summary>
    private Dictionary<string, string> Notes(TaskSpec task, long seed)
    {
        var notes = new Dictionary<string, string>
        {
            ["command"] = context.CommandLine,
            ["--data"] = task.Spec,
            ["--seed"] = $"{task.SplitSeed(seed)}",
        };
        if (task.Reading.Limit is { } limit)
            notes["--limit"] = $"{limit}";
        if (task.Reading.HeldOutLimit is { } heldOut)
            notes["--held-out-limit"] = $"{heldOut}";
        return notes;
    }
}
