using Dimec.Text;
using Dimec.Training.Model;
using Dimec.Training.Optimization;

namespace Dimec.Training.Tests.Optimization;

public sealed class AlternatingTests
{
    private static readonly AdamWOptions s_options = new(0.1);
    private static readonly LearningRateSchedule s_schedule = new(1e-2, 0, 10);

    /// <summary>
    /// Without dropout, whose stream the other heads would move: a step for the last exit alone is that of a network that has no other, bit
    /// for bit, and the heads of the others make a step of AdamW whose gradient is zero.
    /// </summary>
    [Fact]
    public void AStepOfTheLastExitAloneLeavesTheOtherHeadsToTheirMoments()
    {
        var shape = TinyTask.Shape() with
        {
            Encoder = TinyTask.Config with { HiddenDropout = 0, AttentionDropout = 0 },
            HeadDropout = 0,
        };
        using var both = Begin(shape);
        var joint = new JointLoss([1, 2], null, null, alternates: true);
        using var optimizer = new AdamW(both, s_options, s_schedule, both.Layout.All);
        // A joint step first, which leaves moments to the heads.
        Step(both, shape, joint, optimizer, step: 1);
        optimizer.Settle(2);
        var alone = shape.WithLastExitOnly();
        using var single = new Parameters(new ParameterLayout(alone));
        single.CopyFrom(both.ToWeights());
        using var reference = new AdamW(single, s_options, s_schedule, single.Layout.All);
        foreach (var slot in single.Layout.Slots)
        {
            var same = both.Layout.Slots.Single(other => other.Name == slot.Name);
            optimizer.First.Slice(same.Offset, slot.Count).CopyTo(reference.First.Slice(slot.Offset, slot.Count));
            optimizer.Second.Slice(same.Offset, slot.Count).CopyTo(reference.Second.Slice(slot.Offset, slot.Count));
        }

        reference.Loaded(2);
        var expected = both.Layout.EarlyHeads.Dense.Select(slot => Idle(both, optimizer, slot)).ToArray();

        Step(both, shape, joint, optimizer, step: 2);
        optimizer.Settle(3);
        Step(single, alone, new JointLoss([2], null, null), reference, step: 2);
        reference.Settle(3);
        var (after, wanted) = (both.ToWeights(), single.ToWeights());
        Assert.All(wanted, weight => Assert.Equal(weight.Value.Values, after[weight.Key].Values));
        Assert.Equal(expected, both.Layout.EarlyHeads.Dense.Select(slot => both.Values.Slice(slot.Offset, slot.Count).ToArray()));
        Assert.NotEmpty(expected);
    }

    private static Parameters Begin(ModelShape shape)
    {
        var parameters = new Parameters(new ParameterLayout(shape));
        Initialization.Heads(parameters, shape, seed: 3);
        parameters.CopyFrom(TinyTask.Checkpoint().Weights);
        return parameters;
    }

    private static void Step(Parameters parameters, ModelShape shape, JointLoss loss, AdamW optimizer, int step)
    {
        var batch = Golden.Batch(
            [
                new TokenizedText([1, 13, 24, 2], new int[4], false), new TokenizedText([1, 15, 2], new int[3], false),
                new TokenizedText([1, 14, 26, 30, 2], new int[5], false),
            ],
            [1, 1, 0]);
        new TrainingStep(new WholeForward(new MultiExitEncoder(parameters, shape)), loss, optimizer, new Dropout(0), clipNorm: 1e6)
            .Run(batch, step);
    }

    /// <summary>A slot's values after a step of AdamW whose gradient is zero.</summary>
    private static float[] Idle(Parameters parameters, AdamW optimizer, ParameterSlot slot)
    {
        float[] values = [.. parameters.Values.Slice(slot.Offset, slot.Count)];
        float[] first = [.. optimizer.First.Slice(slot.Offset, slot.Count)];
        float[] second = [.. optimizer.Second.Slice(slot.Offset, slot.Count)];
        Assert.Contains(first, moment => moment != 0);
        AdamWKernel.Update(
            new float[slot.Count], 1, values, first, second, AdamWStep.Of(s_options, s_schedule, step: 2, slot.Decays));
        return values;
    }
}
