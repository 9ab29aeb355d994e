using Dimec.Checkpoints;
using Dimec.Runs;
using Dimec.Runs.Parts;
using Dimec.Runs.Records;
using Dimec.Text;
using Dimec.Training.Data;
using Dimec.Training.Divergence;
using Dimec.Training.Dynamics;
using Dimec.Training.Evaluation;
using Dimec.Training.Model;
using Dimec.Training.Optimization;
using Dimec.Training.Resume;
using Dimec.Training.Stages;

namespace Dimec.Training;

/// <summary>One run from tokenizing to the written results, begun or taken up where it stopped.</summary>
internal sealed class TrainingJob(
    TrainingSettings settings, TrainingData data, Checkpoint checkpoint, RunFolder folder, TimeSpan interval, ProgressMeter meter,
    TimeProvider time)
{
    private readonly ModelShape _shape = settings.Shape(checkpoint.Config, data);
    private readonly ResumeStore _store = new(folder.Resume);
    private readonly ResumeStore _earlyStore = new(folder.EarlyResume);

    public TrainingResult Run(Func<Sample, TokenizedText> encode, RunRecord record, CancellationToken cancellationToken)
    {
        meter.Begin();
        meter.Phase(TrainingPhase.Tokenizing, settings.AllEpochs(), 0, 1);
        var train = EncodedPart.Encode(data.Train, encode, cancellationToken);
        var heldOut = data.HeldOut.Select(part => EncodedPart.Encode(part, encode, cancellationToken)).ToArray();
        var selection = heldOut.First(part => part.Dataset == data.Selection);
        var notes = TextNotes.Of([train, .. heldOut], settings.MaxLength, checkpoint.Config.MaxPositions);
        meter.Notes(notes, settings.AllEpochs());
        var loop = new StageLoop(settings, train, checkpoint.Config.PadTokenId, folder, interval, meter, time);

        using var parameters = new Parameters(new ParameterLayout(_shape));
        var losses = Train(parameters, loop, train, selection, cancellationToken);
        var writer = new ResultWriter(_shape, checkpoint, folder, meter, settings);
        return writer.Write(
            parameters, new MultiExitEncoder(parameters, _shape), train, heldOut, record, losses, notes, meter.Overall, cancellationToken);
    }

    /// <summary>Trains the parameters; returns each stage's mean losses by epoch.</summary>
    private IReadOnlyList<double>[] Train(
        Parameters parameters, StageLoop loop, EncodedPart train, EncodedPart selection, CancellationToken cancellationToken)
    {
        if (settings.ExitsTraining != ExitsTraining.Frozen)
            return [TrainAll(parameters, _shape, loop, train, selection, cancellationToken)];
        var alone = _shape.WithLastExitOnly();
        using var single = new Parameters(new ParameterLayout(alone));
        var first = TrainAll(single, alone, loop, train, selection, cancellationToken);
        Initialization.Heads(parameters, _shape, settings.Seed);
        parameters.CopyFrom(single.ToWeights());
        return [first, TrainEarlyHeads(parameters, loop, selection, cancellationToken)];
    }

    private IReadOnlyList<double> TrainAll(
        Parameters parameters, ModelShape shape, StageLoop loop, EncodedPart train, EncodedPart selection,
        CancellationToken cancellationToken)
    {
        Initialization.Heads(parameters, shape, settings.Seed);
        parameters.CopyFrom(checkpoint.Weights.Where(weight => !weight.Key.StartsWith(ExitNames.Stem, StringComparison.Ordinal))
            .ToDictionary());
        var predictor = new Predictor(new MultiExitEncoder(parameters, shape), shape, checkpoint.Config.PadTokenId);
        // Before a checkpoint is loaded: what it looks at first are the weights that the run began with.
        var probe = new CollapseProbe(train, predictor);
        using var optimizer = Optimizer(parameters, parameters.Layout.All);
        return loop.Run(
            StageOf(
                0, shape.Exits.Exits, new WholeForward(new MultiExitEncoder(parameters, shape, settings.Precision)), shape, optimizer,
                predictor, selection, probe, _store), cancellationToken);
    }

    private IReadOnlyList<double> TrainEarlyHeads(
        Parameters parameters, StageLoop loop, EncodedPart selection, CancellationToken cancellationToken)
    {
        var encoder = new MultiExitEncoder(parameters, _shape);
        var predictor = new Predictor(encoder, _shape, checkpoint.Config.PadTokenId);
        using var optimizer = Optimizer(parameters, parameters.Layout.EarlyHeads);
        int[] early = [.. settings.Exits.SkipLast(1)];
        return loop.Run(
            StageOf(1, early, new FrozenForward(encoder), _shape, optimizer, predictor, selection, probe: null, _earlyStore),
            cancellationToken);
    }

    private AdamW Optimizer(Parameters parameters, ParameterRange range) =>
        new(parameters, new AdamWOptions(settings.WeightDecay), settings.Schedule(data.Train.Samples.Count), range);

    private Stage StageOf(
        int number, IReadOnlyList<int> trained, IForwardPass forward, ModelShape shape, AdamW optimizer, Predictor predictor,
        EncodedPart selection, CollapseProbe? probe, ResumeStore store)
    {
        var weights = settings.ClassWeights ? JointLoss.BalancedWeights(data.Train) : null;
        var loss = new JointLoss(
            shape.Exits.Exits, weights, settings.Distillation(), alternates: settings.ExitsTraining == ExitsTraining.Alternating);
        return new Stage(
            number,
            new TrainingStep(forward, loss, optimizer, new Dropout(settings.Seed), settings.ClipNorm),
            optimizer,
            new DynamicsRecorder(data.Train, trained),
            settings.SelectionDynamics ? new SelectionRecorder(selection, trained, predictor, new RunWriter(folder)) : null,
            new DivergenceWatch(settings.LearningRate, shape.Classes, settings.AllSteps(data.Train.Samples.Count), probe),
            store);
    }
}
