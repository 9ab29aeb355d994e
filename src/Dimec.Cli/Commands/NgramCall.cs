using System.Globalization;
using Dimec.Checkpoints;
using Dimec.Cli.Progress;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Runs.Ngrams;
using Dimec.Text;
using Dimec.Training.Evaluation;

namespace Dimec.Cli.Commands;

/// <summary>What a call says of exit 0.</summary>
/// <param name="Soft">The weight of the last exit's answers to the training samples; null for what the run's record says.</param>
/// <param name="Unlabelled">
/// The file of texts without labels; <see cref="NoTexts"/> for none, null for the one that the run's record names.
/// </param>
internal sealed record NgramCall(double? Soft = null, string? Unlabelled = null)
{
    /// <summary>The word for no file, which no file that is read can be called.</summary>
    public const string NoTexts = "none";

    /// <summary>What exit 0 is trained by: as the call says, else as the run's record, else by the defaults.</summary>
    /// <param name="run">The run; it may not be there yet.</param>
    /// <param name="spec">How its data are read.</param>
    /// <param name="maxLength">The most tokens of a text; null for what the record says.</param>
    /// <param name="byDefault">The most tokens of a text where neither says any.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <exception cref="InputException">The run's record, an option or a file that the call names is wrong.</exception>
    public NgramSettings Settings(RunFolder run, DataSpec spec, int? maxLength, int byDefault, CancellationToken stop)
    {
        var settings = NgramRecord.Of(run)?.Settings ?? new NgramSettings { MaxLength = byDefault };
        settings = settings with
        {
            MaxLength = maxLength ?? settings.MaxLength,
            Soft = Soft ?? settings.Soft,
            Unlabelled = Unlabelled switch
            {
                null => settings.Unlabelled,
                NoTexts => null,
                var path => spec.ReadTexts(path, stop).Source,
            },
        };
        InputErrors.Check(settings.Validate);
        return settings;
    }

    /// <summary>
    /// The texts without labels, but for those by which is chosen and measured: exit 0 would agree with the last exit on them as on no
    /// others.
    /// </summary>
    /// <param name="settings">What exit 0 is trained by.</param>
    /// <param name="run">The run.</param>
    /// <param name="spec">How its data are read.</param>
    /// <param name="data">Its data.</param>
    /// <param name="context">Where is said how many were left out.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <returns>Null where the settings name none.</returns>
    /// <exception cref="InputException">The file is wrong, has changed since the settings were recorded, or no text is left.</exception>
    public static UnlabelledTexts? Texts(
        NgramSettings settings, RunFolder run, DataSpec spec, TaskData data, CommandContext context, CancellationToken stop)
    {
        const string Held = $"{PartNames.Selection}, {PartNames.Calibration} or {PartNames.Dev}";
        if (settings.Unlabelled is not var (path, hash))
            return null;
        var texts = spec.ReadTexts(path, stop);
        if (texts.Source.Version != hash)
        {
            throw new InputException(
                path, $"has changed since the exit 0 in {run.Path} was trained with it",
                $"name it with {OptionNames.Of<NgramSettings>(nameof(NgramSettings.Unlabelled))} to train exit 0 with what it holds now");
        }

        var apart = texts.Without([data.Selection, data.Calibration, data.Dev]);
        var left = texts.Samples.Count - apart.Samples.Count;
        if (apart.Samples.Count == 0)
        {
            throw new InputException(
                path, $"has no text that does not stand in {Held}", "give other texts than those by which is chosen and measured");
        }

        if (left > 0)
        {
            context.Console.WriteWarning(string.Create(
                CultureInfo.InvariantCulture,
                $"{left} of {texts.Samples.Count} texts of {path} stand in {Held} and were left out: "
                + $"exit 0 would agree with the last exit on them as on no others."));
        }

        return apart;
    }

    /// <summary>Trains exit 0 and records it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="data">The task that it was trained on.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="settings">How exit 0 is trained.</param>
    /// <param name="texts">The texts without labels; null for none.</param>
    /// <param name="context">Where progress goes.</param>
    /// <param name="stop">Stops it; then the run has no exit 0.</param>
    public static void Run(
        RunFolder run, TaskData data, WordPieceTokenizer tokenizer, NgramSettings settings, UnlabelledTexts? texts, CommandContext context,
        CancellationToken stop)
    {
        var line = new ProgressLine(context.Console.Error, context.Time);
        line.Begin();
        var soft = settings.AsksLastExit ? Ask(run, data, tokenizer, settings, texts, line, stop) : null;
        new NgramRecorder(run, data, tokenizer, settings, soft).Record(
            (done, all) => line.Report(
                string.Create(CultureInfo.InvariantCulture, $"exit 0, the n-gram exit: epoch {done}/{all}"), isLast: done == all),
            stop);
    }

    /// <summary>What the last exit says: as the run has recorded it, else its model is asked.</summary>
    private static SoftAnswers Ask(
        RunFolder run, TaskData data, WordPieceTokenizer tokenizer, NgramSettings settings, UnlabelledTexts? texts, ProgressLine line,
        CancellationToken stop)
    {
        var recorded = settings.Soft > 0 ? SoftAnswers.Recorded(run, data.Train.Samples) : [];
        IReadOnlyList<Sample> asked = [.. recorded is null ? data.Train.Samples : [], .. texts?.Samples ?? []];
        var answers = asked.Count > 0 ? AskModel(run, asked, tokenizer, line, stop) : [];
        var training = recorded ?? [.. answers.Take(data.Train.Samples.Count)];
        return new SoftAnswers(training, texts?.Samples ?? [], [.. answers.Skip(recorded is null ? training.Count : 0)]);
    }

    private static IReadOnlyList<float[]> AskModel(
        RunFolder run, IReadOnlyList<Sample> texts, WordPieceTokenizer tokenizer, ProgressLine line, CancellationToken stop)
    {
        if (!Directory.Exists(run.Model))
        {
            throw new InputException(
                run.Path, "has no model whose last exit could be asked",
                $"leave out {OptionNames.Of<NgramSettings>(nameof(NgramSettings.Soft))} and "
                + $"{OptionNames.Of<NgramSettings>(nameof(NgramSettings.Unlabelled))}, or name a run with its model");
        }

        var model = Checkpoint.Load(run.Model);
        return LastExit.Answers(
            model, texts, sample => tokenizer.Encode(sample.Text, sample.Pair, model.Exits!.MaxLength),
            (done, all) => line.Report(
                string.Create(CultureInfo.InvariantCulture, $"asking the last exit  text {done}/{all}"), isLast: done == all),
            stop);
    }
}
