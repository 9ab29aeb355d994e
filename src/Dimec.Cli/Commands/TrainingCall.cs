using System.Globalization;
using Dimec.Checkpoints;
using Dimec.Cli.Progress;
using Dimec.Runs;
using Dimec.Runs.Ngrams;
using Dimec.Text;
using Dimec.Training;

namespace Dimec.Cli.Commands;

/// <summary>A training whose options have been checked, all together, as far as they can be before data are read.</summary>
/// <param name="Data">The data.</param>
/// <param name="Backbone">The pretrained encoder.</param>
/// <param name="Arguments">How to train.</param>
/// <param name="Ngram">What the call says of exit 0.</param>
internal sealed record TrainingCall(DataSpec Data, Checkpoint Backbone, TrainingArguments Arguments, NgramCall Ngram)
{
    private const int MostNamed = 6;
    private const int MostCharacters = 30;

    /// <summary>Checks a call.</summary>
    /// <param name="data">Reads the options of the data.</param>
    /// <param name="arguments">How to train; <see cref="TrainingArguments.Backbone"/> names the encoder.</param>
    /// <param name="errors">What is known to be wrong already.</param>
    /// <param name="ngram">What the call says of exit 0; null for nothing.</param>
    /// <exception cref="InputException">Everything that is wrong with the call.</exception>
    public static TrainingCall Check(Func<DataSpec> data, TrainingArguments arguments, InputErrors errors, NgramCall? ngram = null)
    {
        var spec = errors.Try(data);
        var backbone = errors.Try(() => Backbones.Load(arguments.Backbone));
        if (backbone?.Tokenizer is not null)
            errors.Try(() => CheckpointTokenizers.Read(backbone, arguments.Backbone));
        Trainer.Validate(arguments, backbone, errors);
        errors.ThrowIfAny();
        return new TrainingCall(spec!, backbone!, arguments, ngram ?? new NgramCall());
    }

    /// <summary>Reads the data, says what there is to learn, and trains.</summary>
    public TrainingResult Run(CommandContext context, CancellationToken stop) => Run(Data.Load(stop), context, stop);

    /// <summary>Says what there is to learn, and trains.</summary>
    /// <param name="data">The data, read already.</param>
    /// <param name="context">Where progress goes.</param>
    /// <param name="stop">Stops it; the same call resumes.</param>
    public TrainingResult Run(TaskData data, CommandContext context, CancellationToken stop)
    {
        var run = new RunFolder(Arguments.Out);
        var settings = Ngram.Settings(
            run, Data, Arguments.MaxLength, TrainingArguments.DefaultMaxLength(Backbone.Config), stop);
        // Read before the training begins, so that what is wrong with a file is said at once.
        var texts = NgramRecorder.IsRecorded(run, settings) ? null : NgramCall.Texts(settings, run, Data, data, context, stop);
        context.Console.WriteProgress(string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Name}: {data.Train.Samples.Count} training samples of {data.Labels.Count} classes{Classes(data.Labels)}; "
            + $"selection {data.Selection.Samples.Count}, calibration {data.Calibration.Samples.Count}, dev {data.Dev.Samples.Count}"));
        foreach (var note in BackboneNotes.Of(Backbone, Arguments, data.Labels).Concat(data.Notes))
            context.Console.WriteWarning(note);
        Overlap(data.Selection, data.Train, context);
        Overlap(data.Dev, data.Train, context);
        Overlap(data.Dev, data.Selection, context);
        var result = Trainer.Train(
            Settled(data, context, stop), data, Backbone, new TrainingReporter(context.Console, context.Time), context.Time, stop);
        // After a training that was stopped before it came to this, or got more predictions since, and after one of before there was one.
        if (!NgramRecorder.IsRecorded(run, settings))
        {
            NgramCall.Run(
                run, data, CheckpointTokenizers.Read(Backbone, Arguments.Backbone), settings,
                texts ?? NgramCall.Texts(settings, run, Data, data, context, stop), context, stop);
        }

        return result;
    }

    /// <summary>Says what <c>--precision auto</c> came to, where that is not known yet.</summary>
    private TrainingArguments Settled(TaskData data, CommandContext context, CancellationToken stop)
    {
        if (Arguments.Precision != Precision.Auto || Arguments.PrecisionChoice is not null)
            return Arguments;
        var choice = Trainer.ChoosePrecision(Arguments, data, Backbone, context.Time, stop);
        context.Console.WriteProgress(choice.Sentence);
        return Arguments with { PrecisionChoice = choice };
    }

    /// <summary>
    /// The classes in the order of their numbers, which files of predictions and dynamics have in their place;
    /// nothing where the numbers are their names.
    /// </summary>
    private static string Classes(IReadOnlyList<string> labels)
    {
        if (labels.Index().All(label => label.Item == label.Index.ToString(CultureInfo.InvariantCulture)))
            return "";
        var named = string.Join(
            ", ",
            labels.Take(MostNamed).Select((label, number) => string.Create(CultureInfo.InvariantCulture, $"{number} = {Short(label)}")));
        return labels.Count > MostNamed ? $" ({named}, …)" : $" ({named})";
    }

    private static string Short(string label) =>
        label.Length <= MostCharacters
            ? label
            : label[..(char.IsHighSurrogate(label[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)] + "…";

    /// <summary>The data are the user's and may repeat themselves; what that makes of the figures is worth a sentence.</summary>
    private static void Overlap(Dataset part, Dataset other, CommandContext context)
    {
        if (SharedTexts.Count(part.Samples, other.Samples) is var shared and > 0)
        {
            context.Console.WriteWarning(string.Create(
                CultureInfo.InvariantCulture,
                $"{shared} of {part.Samples.Count} samples of {part.Part} have a text that "
                + $"{other.Part} has as well, so what is said of them is not said of new texts."));
        }
    }
}
