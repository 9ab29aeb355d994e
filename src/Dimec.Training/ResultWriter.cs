using Dimec.Checkpoints;
using Dimec.Evaluation.Metrics;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Runs.Parts;
using Dimec.Runs.Records;
using Dimec.Training.Data;
using Dimec.Training.Divergence;
using Dimec.Training.Evaluation;
using Dimec.Training.Model;

namespace Dimec.Training;

/// <summary>
/// Writes what a finished training leaves: the model, predictions, embeddings and, last of all, the record that says it is finished.
/// </summary>
internal sealed class ResultWriter(
    ModelShape shape, Checkpoint checkpoint, RunFolder folder, ProgressMeter meter, TrainingSettings settings)
{
    public TrainingResult Write(
        Parameters parameters,
        MultiExitEncoder encoder,
        EncodedPart train,
        IReadOnlyList<EncodedPart> heldOut,
        RunRecord record,
        IReadOnlyList<IReadOnlyList<double>> losses,
        IReadOnlyList<string> notes,
        double samplesPerSecond,
        CancellationToken cancellationToken)
    {
        WriteModel(parameters);
        var writer = new RunWriter(folder);
        var predictor = new Predictor(encoder, shape, checkpoint.Config.PadTokenId);
        var batches = heldOut.Append(train).Sum(part => Predictor.BatchesOf(part.Count));
        var done = 0;
        meter.Begin();
        void BatchDone() => meter.Phase(TrainingPhase.Evaluating, settings.AllEpochs(), ++done, batches);

        IReadOnlyList<string> warnings = [];
        var accuracy = new Dictionary<string, IReadOnlyDictionary<int, double>>();
        foreach (var part in heldOut)
        {
            var recorded = predictor.Predict(part, BatchDone, cancellationToken);
            writer.Predictions(recorded);
            if (ExitAccuracy.OfAll(recorded) is { Count: > 0 } exits)
                accuracy[part.Dataset.Part] = exits.ToDictionary(exit => exit.Exit, exit => exit.Share);
            if (part.Dataset.Part == PartNames.Selection)
                warnings = RunWarnings.Of(recorded, train.Dataset, settings);
        }

        var embeddings = predictor.Embed(train, BatchDone, cancellationToken);
        writer.TrainEmbeddings([.. train.Dataset.Samples.Select(sample => sample.Guid)], shape.Embedding, shape.EmbeddingSize, embeddings);
        var results = new RunResults
        {
            Steps = settings.AllSteps(train.Count),
            EpochLosses = losses[0],
            // The heads of the second stage go down on another loss than the encoder did.
            EarlyExitsEpochLosses = losses.Count > 1 ? losses[1] : null,
            Accuracy = accuracy,
            Notes = notes,
            Warnings = warnings,
            SamplesPerSecond = samplesPerSecond,
            Truncated = heldOut.Append(train).Sum(part => part.Truncated),
        };
        record.Finish(results).Write(folder.Record);
        return new TrainingResult(folder.Path, WasFinished: false, accuracy, samplesPerSecond, warnings) { Notes = notes };
    }

    private void WriteModel(Parameters parameters)
    {
        var config = shape.Encoder with { Layers = shape.Layers };
        new Checkpoint(config, parameters.ToWeights(), shape.Exits, checkpoint.Tokenizer, folder.Model).Save(folder.Model);
    }
}
