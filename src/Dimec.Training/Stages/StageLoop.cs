using Dimec.Runs;
using Dimec.Runs.Parts;
using Dimec.Training.Data;
using Dimec.Training.Resume;

namespace Dimec.Training.Stages;

/// <summary>Makes the steps of a stage that its latest saved state does not hold yet, with their records and saved states.</summary>
internal sealed class StageLoop(
    TrainingSettings settings, EncodedPart train, int padId, RunFolder folder, TimeSpan interval, ProgressMeter meter, TimeProvider time)
{
    private readonly int _stepsPerEpoch = BatchPlan.BatchesOf(train.Count, settings.BatchSize);

    /// <summary>Runs it; afterwards its trained values are those of its last step.</summary>
    /// <returns>The mean loss of each epoch.</returns>
    /// <exception cref="JobException">The training has diverged or the network collapsed.</exception>
    public IReadOnlyList<double> Run(Stage stage, CancellationToken cancellationToken)
    {
        var steps = _stepsPerEpoch * settings.Epochs;
        var state = stage.Store.LoadLatest(stage.Buffers) ?? new TrainingState(0, new LossHistory());
        stage.Optimizer.Loaded(state.Step);
        if (stage.Number == 0)
            meter.Begin();
        var saved = time.GetTimestamp();
        int[][] batches = [];
        for (var done = state.Step; done < steps; done++)
        {
            var (epoch, position) = Math.DivRem(done, _stepsPerEpoch);
            if (batches.Length == 0 || position == 0)
                batches = BatchPlan.Epoch(settings.Seed, epoch, train.Lengths, settings.BatchSize);
            if (cancellationToken.IsCancellationRequested)
            {
                Save(done);
                cancellationToken.ThrowIfCancellationRequested();
            }

            var epochEnds = position == _stepsPerEpoch - 1;
            Step(stage, state.Losses, new Batch(train, batches[position], padId), epoch, done, epochEnds);
            if (epochEnds)
                EndEpoch(stage, state.Losses, epoch, done + 1, cancellationToken);
            if (epochEnds || time.GetElapsedTime(saved) >= interval)
            {
                Save(done + 1);
                saved = time.GetTimestamp();
            }
        }

        stage.Optimizer.Settle(steps);
        return state.Losses.Epochs;

        void Save(int made)
        {
            stage.Optimizer.Settle(made);
            stage.Store.Save(state with { Step = made }, stage.Buffers);
        }
    }

    private void Step(Stage stage, LossHistory losses, Batch batch, int epoch, int done, bool epochEnds)
    {
        var result = stage.Step.Run(batch, done);
        losses.Add(result.Loss);
        // Counted over all stages, as people and progress see them.
        var (epochsBefore, stepsBefore) = (stage.Number * settings.Epochs, stage.Number * settings.Epochs * _stepsPerEpoch);
        stage.Watch.After(result, losses, stepsBefore + done, epochEnds);
        stage.Dynamics.Record(batch.Samples, result.Logits);
        meter.Step(
            batch.Count, epochsBefore + epoch + 1, settings.AllEpochs(), stepsBefore + done + 1, settings.AllSteps(train.Count),
            losses.Latest);
    }

    private void EndEpoch(Stage stage, LossHistory losses, int epoch, int made, CancellationToken cancellationToken)
    {
        losses.EndEpoch();
        stage.Dynamics.Write(new RunWriter(folder), epoch);
        stage.Dynamics.Reset();
        // Settled first: it is the weights as they are after the epoch that are recorded.
        stage.Optimizer.Settle(made);
        stage.Selection?.Write(epoch, cancellationToken);
    }
}
