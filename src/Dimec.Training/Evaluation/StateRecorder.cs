using Dimec.Checkpoints;
using Dimec.Files;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Runs.Records;
using Dimec.Text;
using Dimec.Training.Data;

namespace Dimec.Training.Evaluation;

/// <summary>
/// Adds pooled states to a finished run: to its predictions of the held-out parts, which keep their logits and embeddings as they are,
/// and with logits alone to <c>predictions/train.jsonl</c>. The record says last which states there are, so what was stopped is done again.
/// </summary>
internal sealed class StateRecorder(RunFolder folder, TrainingSettings settings, TrainingData data, ProgressMeter meter)
{
    /// <summary>Samples that are answered and written at once: what a large part takes in memory does not grow with it.</summary>
    private const int Chunk = 4096;

    /// <summary>Digits of a state: enough for distances, and half the file.</summary>
    private const int Digits = 6;

    /// <param name="layers">The exits, by their layers and ascending.</param>
    /// <param name="encode">Turns a sample into token ids.</param>
    /// <param name="record">The finished run's record.</param>
    /// <param name="cancellationToken">Stops after a batch.</param>
    /// <exception cref="InputException">The run's model or predictions are absent, or not those of its record.</exception>
    public void Record(int[] layers, Func<Sample, TokenizedText> encode, RunRecord record, CancellationToken cancellationToken)
    {
        var saved = Checkpoint.Load(folder.Model);
        if (saved.Exits?.Exits.SequenceEqual(settings.Exits) != true)
            throw new InputException(folder.Model, "has other exits than run.json names", "put the run's own model there, or train anew");
        using var model = new TrainedModel(saved, settings.Embedding);
        Dataset[] parts = [.. data.HeldOut, data.Train];
        var batches = parts.Sum(part => part.Samples.Chunk(Chunk).Sum(chunk => Predictor.BatchesOf(chunk.Length)));
        var done = 0;
        meter.Begin();
        foreach (var part in parts)
        {
            var recorded = part == data.Train ? null : Recorded(part);
            AtomicFile.Write(folder.Predictions(part.Part), stream =>
            {
                foreach (var (number, samples) in part.Samples.Chunk(Chunk).Index())
                {
                    var chunk = EncodedPart.Encode(new Dataset(part.Part, samples, part.Labels, part.HasPair), encode, cancellationToken);
                    var predicted = model.Predictor.Predict(
                        chunk, () => meter.Phase(TrainingPhase.Evaluating, settings.AllEpochs(), ++done, batches), cancellationToken,
                        layers);
                    Join(predicted, recorded, number * Chunk).Write(stream);
                }
            });
        }

        record.WithStates(layers).Write(folder.Record);
    }

    private RecordedExits Recorded(Dataset part)
    {
        var path = folder.Predictions(part.Part);
        if (!File.Exists(path))
            throw new InputException(path, "is absent", "put the file back, or train anew");
        using var stream = InputFile.OpenRead(path);
        var recorded = RecordedExits.Read(stream, part.Part, path);
        return recorded.Guids.SequenceEqual(part.Samples.Select(sample => sample.Guid)) && recorded.Exits.SequenceEqual(settings.Exits)
            ? recorded
            : throw new InputException(
                path, "holds other samples or exits than the training wrote", "put the run's own file back, or train anew");
    }

    /// <summary>The predicted states beside what was recorded, or beside the predicted logits where nothing was.</summary>
    private static RecordedExits Join(RecordedExits predicted, RecordedExits? recorded, int from)
    {
        var (exits, layers) = (predicted.Exits.Count, predicted.StateLayers.Count);
        var builder = new RecordedExitsBuilder(
            predicted.Part, [.. predicted.Exits], predicted.Classes, recorded?.EmbeddingSize ?? 0, [.. predicted.StateLayers],
            predicted.StateSize, recorded?.HasExitZero ?? false);
        var zero = recorded?.HasExitZero == true ? predicted.Classes : 0;
        var (logits, states) = (new float[zero + (exits * predicted.Classes)], new float[layers * predicted.StateSize]);
        for (var i = 0; i < predicted.Count; i++)
        {
            var (source, sample) = recorded is null ? (predicted, i) : (recorded, from + i);
            source.ZeroLogits(sample).CopyTo(logits);
            for (var exit = 0; exit < exits; exit++)
                source.Logits(sample, exit).CopyTo(logits.AsSpan(zero + (exit * predicted.Classes)));
            var place = 0;
            for (var exit = 0; exit < exits; exit++)
            {
                foreach (var value in predicted.State(i, exit))
                    states[place++] = Significant.Round(value, Digits);
            }

            builder.Add(source.Guids[sample], source.Gold[sample], logits, recorded is null ? [] : recorded.Embedding(sample), states);
        }

        return builder.Build();
    }
}
