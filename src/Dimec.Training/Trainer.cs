using Dimec.Checkpoints;
using Dimec.Files;
using Dimec.Runs;
using Dimec.Runs.Records;
using Dimec.Text;
using Dimec.Training.Data;
using Dimec.Training.Evaluation;
using Dimec.Training.Precisions;
using Dimec.Training.Records;
using Dimec.Training.Resume;

namespace Dimec.Training;

/// <summary>Trains one encoder with exits and writes a run's folder.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains, or resumes a run that was stopped in any way, and writes <c>run.json</c>, <c>model/</c>, <c>dynamics/</c>,
    /// <c>predictions/{selection,calibration,dev}.jsonl</c>, <c>embeddings/train.safetensors</c> (one tensor, <c>embeddings</c> [samples,
    /// H]) and <c>embeddings/train.guids</c>. A resumed run ends with the same weights, bit for bit, as one that was never stopped.
    /// A run that is finished is left as it is, but for <see cref="TrainingArguments.States"/> that it lacks: these are added to its
    /// predictions, <c>predictions/train.jsonl</c> among them.
    /// </summary>
    /// <param name="arguments">How to train.</param>
    /// <param name="data">The task's four parts.</param>
    /// <param name="checkpoint">The pretrained encoder, with its tokenizer.</param>
    /// <param name="progress">Told of every step; null where nobody listens.</param>
    /// <param name="time">The clock; null for the machine's.</param>
    /// <param name="cancellationToken">Stops at the end of a step, after a checkpoint was written.</param>
    /// <returns>What the run came to.</returns>
    /// <exception cref="InputException">Arguments, data or checkpoint do not fit, or the folder holds a run with other settings;
    /// all errors are listed.</exception>
    /// <exception cref="JobException">The loss became NaN or exploded, or the network collapsed to one answer for all texts;
    /// says what to change.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the same call resumes.</exception>
    public static TrainingResult Train(
        TrainingArguments arguments,
        TaskData data,
        Checkpoint checkpoint,
        IProgress<TrainingProgress>? progress = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(checkpoint);
        return Run(
            arguments, TrainingData.Of(data), checkpoint,
            (encoder, maxLength) => TokenizerOf(encoder, maxLength, data.HasPair, arguments.Backbone), progress,
            time ?? TimeProvider.System, cancellationToken);
    }

    /// <summary>Checks a call before its data are read, so that wrong options are reported at once, those of the data among them.</summary>
    /// <param name="arguments">How to train.</param>
    /// <param name="checkpoint">The pretrained encoder; null where it is not to be had.</param>
    /// <param name="errors">Gets everything that is wrong as far as it can be known.</param>
    public static void Validate(TrainingArguments arguments, Checkpoint? checkpoint, InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentsValidator.Validate(arguments, checkpoint, data: null, errors);
        if (!string.IsNullOrWhiteSpace(arguments.Out))
            new RunFolder(arguments.Out).CheckUse(errors);
    }

    /// <summary>
    /// What <see cref="Precision.Auto"/> comes to for a call: what the run in its folder was begun with, or else what is measured now, for
    /// about a second, with the encoder's own shapes, batches and threads. <see cref="Train"/> does it itself where
    /// <see cref="TrainingArguments.PrecisionChoice"/> is null.
    /// </summary>
    /// <param name="arguments">How to train.</param>
    /// <param name="data">The task's four parts.</param>
    /// <param name="checkpoint">The pretrained encoder, with its tokenizer.</param>
    /// <param name="time">The clock; null for the machine's.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InputException">Arguments, data or checkpoint do not fit, or the folder holds a run's
    /// record that is broken.</exception>
    public static PrecisionChoice ChoosePrecision(
        TrainingArguments arguments, TaskData data, Checkpoint checkpoint, TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(checkpoint);
        var training = TrainingData.Of(data);
        Validate(arguments, training, checkpoint);
        var encode = TokenizerOf(checkpoint, TrainingSettings.Of(arguments, checkpoint).MaxLength, data.HasPair, arguments.Backbone);
        return PrecisionChooser.Choose(arguments, training, checkpoint, encode, time ?? TimeProvider.System, cancellationToken);
    }

    internal static TrainingResult Run(
        TrainingArguments arguments,
        TrainingData data,
        Checkpoint checkpoint,
        Func<Checkpoint, int, Func<Sample, TokenizedText>> tokenizer,
        IProgress<TrainingProgress>? progress,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        Validate(arguments, data, checkpoint);
        var settings = TrainingSettings.Of(arguments, checkpoint);
        var encode = TokenTypes.For(tokenizer(checkpoint, settings.MaxLength), checkpoint.Config);
        Native.TorchLibrary.Load();
        var folder = new RunFolder(arguments.Out);
        using var claim = folder.Claim();
        Leftovers.Remove(folder.Path);
        if (arguments.Precision == Precision.Auto)
        {
            arguments = arguments with
            {
                PrecisionChoice = arguments.PrecisionChoice
                    ?? PrecisionChooser.Choose(arguments, data, checkpoint, encode, time, cancellationToken),
            };
            settings = settings with { Precision = arguments.PrecisionChoice.Taken };
        }

        var record = OpenRecord(folder, arguments, settings, data, checkpoint);
        var meter = new ProgressMeter(progress, time);
        TorchSharp.torch.set_num_threads(record.IsFinished && arguments.Threads is { } threads ? threads : record.Threads);
        var result = record.IsFinished
            ? new TrainingResult(folder.Path, WasFinished: true, record.Accuracy(), SamplesPerSecond: 0, record.Warnings())
            {
                Notes = record.Notes(),
            }
            : new TrainingJob(settings, data, checkpoint, folder, arguments.ResumeInterval, meter, time).Run(
                encode, record, cancellationToken);
        // After a run that was killed once it was finished as well: what it needed to go on is of no use to anybody.
        new ResumeStore(folder.Resume).Clear();
        new ResumeStore(folder.EarlyResume).Clear();
        record = RunRecord.Read(folder.Record);
        if (arguments.States.Except(record.States()).Any())
        {
            new StateRecorder(folder, settings, data, meter).Record(
                [.. arguments.States.Union(record.States()).Order()], encode, record, cancellationToken);
        }

        return result;
    }

    private static RunRecord OpenRecord(
        RunFolder folder, TrainingArguments arguments, TrainingSettings settings, TrainingData data, Checkpoint checkpoint)
    {
        var now = TrainingRecord.Begin(settings, data, checkpoint, arguments, ThreadsOf(arguments));
        var earlier = File.Exists(folder.Record) ? RunRecord.Read(folder.Record) : null;
        var errors = new InputErrors();
        if (arguments.Precision == Precision.Auto && earlier is not { IsFinished: true })
            PrecisionChooser.CheckProcessor(settings.Precision, Native.Processor.HasBf16, errors);
        if (earlier is null)
        {
            errors.ThrowIfAny();
            now.Write(folder.Record);
            return now;
        }

        earlier.CheckSame(now, folder.Path, errors);
        if (!earlier.IsFinished && arguments.Threads is { } asked && asked != earlier.Threads)
        {
            errors.Add(
                $"{folder.Path} {TrainingOptionNames.Threads}",
                $"was {earlier.Threads} when this run began and is {asked} now, which would change the weights",
                $"leave it out to resume, or use another {TrainingOptionNames.Out}");
        }

        errors.ThrowIfAny();
        return earlier;
    }

    /// <summary>The threads of a run that begins now.</summary>
    internal static int ThreadsOf(TrainingArguments arguments) => arguments.Threads ?? Math.Max(1, Environment.ProcessorCount);

    private static void Validate(TrainingArguments arguments, TrainingData data, Checkpoint checkpoint)
    {
        var errors = new InputErrors();
        ArgumentsValidator.Validate(arguments, checkpoint, data, errors);
        errors.ThrowIfAny();
    }

    private static Func<Sample, TokenizedText> TokenizerOf(Checkpoint checkpoint, int maxLength, bool pair, string name)
    {
        var tokenizer = CheckpointTokenizers.Read(checkpoint, name);
        CheckpointTokenizers.CheckRoom(
            tokenizer, maxLength, pair, TrainingOptionNames.Backbone, $"raise {TrainingOptionNames.MaxLength}, or use another backbone");
        return sample => tokenizer.Encode(sample.Text, sample.Pair, maxLength);
    }
}
