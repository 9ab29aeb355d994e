using Dimec.Checkpoints;
using Dimec.Text;
using Dimec.Training.Data;
using Dimec.Training.Divergence;
using Dimec.Training.Dynamics;
using Dimec.Training.Evaluation;
using Dimec.Training.Model;
using Dimec.Training.Optimization;
using Dimec.Training.Records;
using Dimec.Training.Resume;

namespace Dimec.Training;

/// <summary>One run from tokenizing to the written results, begun or taken up where it stopped.</summary>
internal sealed class TrainingJob(
    TrainingSettings settings, TrainingData data, Checkpoint checkpoint, RunFolder folder, TimeSpan interval, ProgressMeter meter, TimeProvider time)
{
    private readonly ModelShape _shape = settings.Shape(checkpoint.Config, data);
    private readonly LearningRateSchedule _schedule = settings.Schedule(data.Train.Samples.Count);
    private readonly CheckpointStore _store = new(folder.Checkpoints);

    public TrainingResult Run(Func<Sample, TokenizedText> encode, RunRecord record, CancellationToken cancellationToken)
    {
        meter.Begin();
        meter.Phase(TrainingPhase.Tokenizing, settings.Epochs, 0, 1);
        var train = EncodedPart.Encode(data.Train, encode, cancellationToken);
        var heldOut = data.HeldOut.Select(part => EncodedPart.Encode(part, encode, cancellationToken)).ToArray();

        using var parameters = new Parameters(new ParameterLayout(_shape));
        Initialization.Heads(parameters, _shape, settings.Seed);
        parameters.CopyFrom(checkpoint.Weights.Where(weight => !weight.Key.StartsWith("exits.", StringComparison.Ordinal)).ToDictionary());
        var encoder = new MultiExitEncoder(parameters, _shape);
        var (speed, losses) = Train(parameters, encoder, train, heldOut.First(part => part.Dataset == data.Selection), cancellationToken);

        var writer = new ResultWriter(_shape, checkpoint, folder, meter, settings);
        var result = writer.Write(parameters, encoder, train, heldOut, record, losses, _schedule.TotalSteps, speed, cancellationToken);
        _store.Clear();
        return result;
    }

    private (double SamplesPerSecond, IReadOnlyList<double> EpochLosses) Train(
        Parameters parameters, MultiExitEncoder encoder, EncodedPart train, EncodedPart selection, CancellationToken cancellationToken)
    {
        var evaluator = new Evaluator(encoder, _shape, checkpoint.Config.PadTokenId);
        // Before a checkpoint is loaded: what it looks at first are the weights that the run began with.
        var probe = new CollapseProbe(train, evaluator);
        var watch = new DivergenceWatch(settings.LearningRate, _shape.Classes, _schedule.TotalSteps, probe);
        using var optimizer = new AdamW(parameters, new AdamWOptions(settings.WeightDecay), _schedule);
        var dropout = new Dropout(settings.Seed);
        var dynamics = new DynamicsRecorder(data.Train, settings.Exits);
        var selectionDynamics = settings.SelectionDynamics ? new SelectionRecorder(selection, evaluator, folder) : null;
        var buffers = new Dictionary<string, Memory<float>>
        {
            ["parameters"] = parameters.Values.Memory,
            ["first_moments"] = optimizer.First.Memory,
            ["second_moments"] = optimizer.Second.Memory,
            ["dynamics"] = dynamics.Logits,
        };
        var state = _store.LoadLatest(buffers) ?? new TrainingState(0, new LossHistory());
        optimizer.Loaded(state.Step);
        var weights = settings.ClassWeights ? JointLoss.BalancedWeights(data.Train) : null;
        var step = new TrainingStep(parameters, encoder, new JointLoss(settings.Exits, weights, settings.Distillation()), optimizer, dropout, settings.ClipNorm);
        meter.Begin();
        var saved = time.GetTimestamp();
        var stepsPerEpoch = _schedule.TotalSteps / settings.Epochs;
        int[][] batches = [];
        for (var done = state.Step; done < _schedule.TotalSteps; done++)
        {
            var (epoch, position) = Math.DivRem(done, stepsPerEpoch);
            if (batches.Length == 0 || position == 0)
                batches = BatchPlan.Epoch(settings.Seed, epoch, train.Lengths, settings.BatchSize);
            if (cancellationToken.IsCancellationRequested)
            {
                Save(done);
                cancellationToken.ThrowIfCancellationRequested();
            }

            var batch = new Batch(train, batches[position], checkpoint.Config.PadTokenId);
            var result = step.Run(batch, done);
            state.Losses.Add(result.Loss);
            var epochEnds = position == stepsPerEpoch - 1;
            watch.After(result, state.Losses, done, epochEnds);
            dynamics.Record(batch.Samples, result.Logits);
            meter.Step(batch.Count, epoch + 1, settings.Epochs, done + 1, _schedule.TotalSteps, state.Losses.Latest);
            if (epochEnds)
            {
                state.Losses.EndEpoch();
                dynamics.Write(folder.DynamicsOf(data.Train.Part), epoch);
                dynamics.Reset();
                // Settled first: it is the weights as they are after the epoch that are recorded.
                optimizer.Settle(done + 1);
                selectionDynamics?.Write(epoch, cancellationToken);
            }

            if (epochEnds || time.GetElapsedTime(saved) >= interval)
            {
                Save(done + 1);
                saved = time.GetTimestamp();
            }
        }

        optimizer.Settle(_schedule.TotalSteps);
        return (meter.Overall, state.Losses.Epochs);

        void Save(int steps)
        {
            optimizer.Settle(steps);
            _store.Save(state with { Step = steps }, buffers);
        }
    }
}
