using Dimec.Training.Data;
using Dimec.Training.Dynamics;
using Dimec.Training.Model;
using Dimec.Training.Optimization;

namespace Dimec.Training.Bench;

/// <summary>Dimec's own steps, dynamics recorded.</summary>
internal sealed class OurLoop : ILoop
{
    private readonly Parameters _parameters;
    private readonly AdamW _optimizer;
    private readonly Dropout _dropout = new(1);
    private readonly TrainingStep _step;
    private readonly DynamicsRecorder _dynamics;

    public OurLoop(ModelShape shape, EncodedPart part, int steps, Precision precision)
    {
        Precision = precision;
        _parameters = new Parameters(new ParameterLayout(shape));
        var random = new RandomStream(5);
        foreach (var slot in _parameters.Layout.Slots)
        {
            foreach (ref var value in _parameters.Values.Slice(slot.Offset, slot.Count))
            {
                value = slot.Decays ? (float)(random.Normal() * 0.02)
                    : slot.Name.EndsWith("LayerNorm.weight", StringComparison.Ordinal) ? 1
                    : 0;
            }
        }

        _optimizer = new AdamW(
            _parameters, new AdamWOptions(0.01), new LearningRateSchedule(1e-4, steps / 10, steps), _parameters.Layout.All);
        _step = new TrainingStep(
            new WholeForward(new MultiExitEncoder(_parameters, shape, precision)), new JointLoss(shape.Exits.Exits, null, null), _optimizer,
            _dropout, 1);
        _dynamics = new DynamicsRecorder(part.Dataset, shape.Exits.Exits);
    }

    public string Name => $"dimec-{ChoiceNames.Of(Precision)}";

    public Precision Precision { get; }

    public double Step(Batch batch, int step)
    {
        var result = _step.Run(batch, step);
        _dynamics.Record(batch.Samples, result.Logits);
        return result.Loss;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _parameters.Dispose();
    }
}
