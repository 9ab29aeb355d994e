using System.Text;
using Dimec.Cartography;
using Dimec.Exits.Ngrams;
using Dimec.Files;
using Dimec.Predictions;
using Dimec.Runs.Parts;
using Dimec.Text;

namespace Dimec.Runs.Ngrams;

/// <summary>
/// Gives a run exit 0: an n-gram exit is trained on the run's training samples, its epochs are written as dynamics, and its logits into the
/// predictions of every part, beside those of the exits that are there. Nothing else of the run is touched, so a run that was trained
/// elsewhere gets it as well: it takes predictions, texts and labels.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="data">The task that the run was trained on.</param>
/// <param name="tokenizer">The run's tokenizer.</param>
/// <param name="settings">How exit 0 is trained.</param>
/// <param name="soft">What the last exit says, where the settings ask for it; null for nothing.</param>
public sealed class NgramRecorder(
    RunFolder run, TaskData data, WordPieceTokenizer tokenizer, NgramSettings settings, SoftAnswers? soft = null)
{
    /// <summary>How many folds answer the training samples, where the run has predictions of these.</summary>
    private const int Folds = 5;

    private static readonly string[] s_parts = [PartNames.Train, PartNames.Selection, PartNames.Calibration, PartNames.Dev];

    private readonly NgramTexts _texts = new(tokenizer, settings.MaxLength);
    private readonly SoftAnswers _soft = soft ?? SoftAnswers.None;

    /// <summary>
    /// Whether a run has exit 0, trained as is asked for, and each of its predictions has it: those that came later may not.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="settings">What is asked for; a run whose record says nothing of exit 0 is taken as it is.</param>
    /// <exception cref="InputException">The run's record is broken.</exception>
    public static bool IsRecorded(RunFolder run, NgramSettings settings)
    {
        ArgumentNullException.ThrowIfNull(run);
        return File.Exists(run.Ngram)
            && (NgramRecord.Of(run) is not { } record || (record.Settings.IsSameAs(settings) && record.Sha256 == FileHash.Of(run.Ngram)))
            && s_parts.Select(run.Predictions).Where(File.Exists).All(HasExitZero);
    }

    /// <summary>Trains exit 0 and writes all of it; the model last of all, so that it is there only where the rest is.</summary>
    /// <param name="progress">Is told of every epoch that is done, with how many there are.</param>
    /// <param name="cancellationToken">Stops it; then the run is as it was, but for dynamics that may have been written.</param>
    /// <returns>The exit, as it is served.</returns>
    /// <exception cref="InputException">The run has no predictions, they are of other samples than the data, or a setting is out of
    /// range.</exception>
    /// <exception cref="ArgumentException">The last exit's answers are not of the training samples, or not of so many texts.</exception>
    public NgramModel Record(Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        InputErrors.Check(settings.Validate);
        RecordedExits[] parts = [.. s_parts.Where(part => File.Exists(run.Predictions(part))).Select(Read)];
        if (parts.Length == 0)
            throw new InputException(run.Path, "has no predictions to add exit 0 to", "train first, or name the run that has them");
        var (labelled, training) = Training();
        var writer = new RunWriter(run);
        var weights = NgramTrainer.Train(
            training, data.Labels.Count, tokenizer.TokenizerJsonHash(), settings.Options,
            epoch =>
            {
                writer.Dynamics(PartNames.Train, 0, epoch.Epoch, rows =>
                {
                    for (var i = 0; i < labelled.Length; i++)
                        rows.Write(new SampleGuid(labelled[i].Guid), epoch.Logits[i], labelled[i].Label);
                });
                progress?.Invoke(epoch.Epoch + 1, epoch.Epochs);
            },
            cancellationToken);
        var model = weights.Quantize();
        RecordedExits[] answered =
            [.. parts.Select(part => part.WithExitZero(Logits(part, model, labelled, training, cancellationToken)))];
        // From here to the end the run has no exit 0: one that is stopped gets it anew.
        File.Delete(run.Ngram);
        foreach (var part in answered)
            writer.Predictions(part);
        using var file = new MemoryStream();
        model.Write(file);
        new NgramRecord(
            settings, weights.LearningRate, labelled.Length, _soft.Texts.Count, model.RowCount, FileHash.Of(file.ToArray())).Write(run);
        AtomicFile.Write(run.Ngram, model.Write);
        return model;
    }

    /// <summary>All rows of predictions have the same exits, so the first tells.</summary>
    private static bool HasExitZero(string path)
    {
        if (File.ReadLines(path).FirstOrDefault() is not { Length: > 0 } line)
            return false;
        using var first = new MemoryStream(Encoding.UTF8.GetBytes(line));
        return RecordedExits.Read(first, PartNames.Dev, path).HasExitZero;
    }

    /// <summary>The samples with labels, and what is trained on: these and then the texts without.</summary>
    private (Sample[] Labelled, NgramSample[] Training) Training()
    {
        var answers = _soft.Training;
        if ((settings.Soft > 0 && answers.Count != data.Train.Samples.Count) || _soft.Unlabelled.Count != _soft.Texts.Count)
            throw new ArgumentException("There is an answer of the last exit for each training sample and for each text, or for none.");
        (Sample Sample, int Place)[] labelled =
            [.. data.Train.Samples.Select((sample, i) => (sample, i)).Where(one => one.sample.Label >= 0)];
        return (
            [.. labelled.Select(one => one.Sample)],
            [
                .. labelled.Select(one => settings.Soft > 0 ? Mixed(_texts.Of(one.Sample), answers[one.Place]) : _texts.Of(one.Sample)),
                .. _soft.Texts.Zip(_soft.Unlabelled, (text, answer) => _texts.Of(text) with { Distribution = answer }),
            ]);
    }

    private NgramSample Mixed(NgramSample sample, float[] answer) => sample with
    {
        Distribution =
            [.. answer.Select((share, label) => (float)((settings.Soft * share) + (label == sample.Label ? 1 - settings.Soft : 0)))],
    };

    /// <summary>What exit 0 says of a part; of its own training samples, what it says where it has not seen them.</summary>
    private float[] Logits(
        RecordedExits part, NgramModel model, Sample[] labelled, NgramSample[] training, CancellationToken cancellationToken)
    {
        var logits = new float[part.Count * part.Classes];
        var own = part.Part == PartNames.Train
            ? NgramTrainer.CrossFit(training, part.Classes, Folds, settings.Options, cancellationToken)
            : null;
        var places = own is null ? null : labelled.Index().ToDictionary(sample => sample.Item.Guid, sample => sample.Index);
        var samples = DatasetOf(part.Part).Samples.ToDictionary(sample => sample.Guid);
        for (var i = 0; i < part.Count; i++)
        {
            var into = logits.AsSpan(i * part.Classes, part.Classes);
            if (places is not null && places.TryGetValue(part.Guids[i], out var place))
            {
                own![place].CopyTo(into);
                continue;
            }

            var sample = _texts.Of(samples[part.Guids[i]]);
            model.Score(sample.Text, sample.Pair, into);
        }

        return logits;
    }

    private RecordedExits Read(string part)
    {
        var path = run.Predictions(part);
        using var stream = InputFile.OpenRead(path);
        var recorded = RecordedExits.Read(stream, part, path);
        if (recorded.Classes != data.Labels.Count)
        {
            throw new InputException(
                path, $"has {recorded.Classes} classes where {data.Name} has {data.Labels.Count}",
                "name the data that the run was trained on");
        }

        var known = DatasetOf(part).Samples.Select(sample => sample.Guid).ToHashSet();
        return recorded.Guids.FirstOrDefault(guid => !known.Contains(guid)) is { } stranger
            ? throw new InputException(
                path, $"has the sample '{stranger}', which {data.Name} does not have in {part}",
                "name the data that the run was trained on, with the same limits and seed")
            : recorded;
    }

    private Dataset DatasetOf(string part) => part switch
    {
        PartNames.Train => data.Train,
        PartNames.Selection => data.Selection,
        PartNames.Calibration => data.Calibration,
        _ => data.Dev,
    };
}
