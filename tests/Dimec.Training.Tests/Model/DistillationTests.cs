using Dimec.Training.Model;
using static TorchSharp.torch;

namespace Dimec.Training.Tests.Model;

public sealed class DistillationTests
{
    private static readonly int[] s_exits = [1, 2, 4];
    private static readonly long[] s_labels = [0, 2];
    private static readonly double[][] s_logits =
    [
        [0.3, -1.2, 0.8, 2.0, 0.1, -0.4],
        [1.5, 0.2, -0.7, -0.3, 0.9, 1.1],
        [2.5, -1.0, 0.4, 0.6, -2.2, 3.1],
    ];

    /// <summary>By hand: the teacher says softmax(ln 3, 0) = (3/4, 1/4), the student (1/2, 1/2); KL = 3/4 ln 3/2 + 1/4 ln 1/2.</summary>
    [Fact]
    public void ItIsTheDivergenceTimesTheSquaredTemperature()
    {
        using var scope = NewDisposeScope();
        var divergence = (0.75 * Math.Log(1.5)) + (0.25 * Math.Log(0.5));
        var teacher = tensor(new[] { 2 * Math.Log(3), 0 }, [1, 2]);
        var student = tensor(new[] { 7.0, 7.0 }, [1, 2]);
        Assert.Equal(3 * 4 * divergence, new Distillation(3, 2).Of(teacher, student).item<double>(), 1e-12);
        Assert.Equal(0, new Distillation(3, 2).Of(teacher, teacher).item<double>(), 1e-12);
    }

    [Fact]
    public void EveryExitButTheLastGainsItsTermByItsWeight()
    {
        using var scope = NewDisposeScope();
        var logits = Tensors(s_logits);
        var distillation = new Distillation(0.7, 3);
        var (total, answers) = new JointLoss(s_exits, null, distillation).Of(logits, s_labels, step: 0);
        var terms = (distillation.Of(logits[2], logits[0]).item<double>() / 7)
            + (distillation.Of(logits[2], logits[1]).item<double>() * 2 / 7);
        Assert.Equal(new JointLoss(s_exits, null, null).Of(logits, s_labels, step: 0).Total.item<double>(), answers.item<double>());
        Assert.Equal(answers.item<double>() + terms, total.item<double>(), 1e-12);
    }

    [Fact]
    public void TheGradientIsThatOfFiniteDifferencesAndTheTeacherGetsNone()
    {
        const double Step = 1e-5;
        using var scope = NewDisposeScope();
        var loss = new JointLoss(s_exits, null, new Distillation(1.5, 2));
        var logits = Tensors(s_logits);
        var gradients = autograd.grad([loss.Of(logits, s_labels, step: 0).Total], logits);
        var alone = autograd.grad([new JointLoss(s_exits, null, null).Of(logits, s_labels, step: 0).Total], logits);
        for (var exit = 0; exit < 2; exit++)
        {
            for (var i = 0; i < 6; i++)
            {
                var difference = (Shifted(loss, exit, i, Step) - Shifted(loss, exit, i, -Step)) / (2 * Step);
                Assert.Equal(difference, gradients[exit].flatten()[i].item<double>(), 1e-9);
                Assert.NotEqual(alone[exit].flatten()[i].item<double>(), gradients[exit].flatten()[i].item<double>(), 1e-4);
            }
        }

        Assert.Equal(alone[2].data<double>().ToArray(), gradients[2].data<double>().ToArray());
    }

    private static double Shifted(JointLoss loss, int exit, int index, double by)
    {
        double[][] moved = [.. s_logits.Select(values => (double[])values.Clone())];
        moved[exit][index] += by;
        return loss.Of(Tensors(moved), s_labels, step: 0).Total.item<double>();
    }

    private static Tensor[] Tensors(double[][] logits) => [.. logits.Select(values => tensor(values, [2, 3]).requires_grad_(true))];
}
