using Dimec.Training.Model;
using static TorchSharp.torch;

namespace Dimec.Training.Tests.Model;

public sealed class JointLossTests
{
    private static readonly long[] s_labels = [0, 2, 1];

    /// <summary>With and without what only a joint step has: distillation.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    public void EveryOtherStepIsTheLastExitsAloneAndThoseBetweenAreJoint(double distill)
    {
        using var scope = NewDisposeScope();
        var distillation = distill > 0 ? new Distillation(distill, 2) : null;
        float[] weights = [1, 2, 0.5f];
        var alternating = new JointLoss([1, 2, 4], weights, distillation, alternates: true);
        var logits = Logits();
        for (var step = 0; step < 5; step++)
        {
            var (total, answers) = alternating.Of(logits, s_labels, step);
            var joint = new JointLoss([1, 2, 4], weights, distillation).Of(logits, s_labels, step);
            var last = nn.functional.cross_entropy(logits[2], tensor(s_labels), tensor(weights));
            // What is watched and told is the same in every step.
            Assert.Equal(joint.Answers.item<float>(), answers.item<float>());
            Assert.Equal((step % 2 == 0 ? last : joint.Total).item<float>(), total.item<float>());

            var gradients = Gradients(total, logits);
            var expected = step % 2 == 0 ? [new float[9], new float[9], Gradients(last, [logits[2]])[0]] : Gradients(joint.Total, logits);
            Assert.Equal(expected, gradients);
        }
    }

    private static float[][] Gradients(Tensor loss, Tensor[] logits) =>
        [.. autograd.grad([loss], logits, retain_graph: true).Select(gradient => gradient.data<float>().ToArray())];

    private static Tensor[] Logits()
    {
        var random = new Training.Data.RandomStream(6, 1);
        return [.. Enumerable.Range(0, 3).Select(_ =>
            tensor(Enumerable.Range(0, 9).Select(_ => (float)random.Normal()).ToArray(), [3, 3]).requires_grad_(true))];
    }
}
