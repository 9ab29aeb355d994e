using CsCheck;
using Dimec.Evaluation.Metrics;

namespace Dimec.Tests.Evaluation.Metrics;

public class TaskMetricsTests
{
    [Fact]
    public void A_binary_case_worked_by_hand()
    {
        // TP 3, FP 1, FN 2, TN 4.
        var metrics = TaskMetrics.Compute("MRPC", [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], 2);
        Assert.Equal(["f1", "accuracy", "matthews"], metrics.Keys);
        Assert.Equal(6 / 9.0, metrics["f1"], 1e-12);
        Assert.Equal(0.7, metrics["accuracy"], 1e-12);
        Assert.Equal(10 / Math.Sqrt(4 * 5 * 5 * 6), metrics["matthews"], 1e-12);
    }

    [Fact]
    public void Macro_F1_of_three_classes_worked_by_hand()
    {
        // Class 0: 2·1/(1+2); class 1: 2·1/(2+1); class 2, neither answered nor true, is left out, as scikit-learn does by default.
        Assert.Equal(2 / 3.0, TaskMetrics.Compute(null, [0, 1, 1], [0, 0, 1], 3)["f1"], 1e-12);
        // Answered once but never true: it counts, with 0. Class 0: 2·1/(1+2); class 1: 2·1/(1+1).
        Assert.Equal(((2 / 3.0) + 1 + 0) / 3, TaskMetrics.Compute(null, [0, 2, 1], [0, 0, 1], 4)["f1"], 1e-12);
    }

    [Theory]
    [InlineData("cola", "matthews")]
    [InlineData("qqp", "f1")]
    [InlineData("sst2", "accuracy")]
    [InlineData("my-own", "accuracy")]
    [InlineData(null, "accuracy")]
    public void The_task_s_own_metric_comes_first(string? task, string metric) => Assert.Equal(metric, TaskMetrics.For(task)[0]);

    [Fact]
    public void One_class_throughout_has_no_correlation() => Assert.Equal(0, TaskMetrics.Compute("cola", [1, 1], [1, 0], 2)["matthews"]);

    [Fact]
    public void Matthews_of_many_classes_is_the_correlation_of_their_indicators()
    {
        var gen = from classes in Gen.Int[2, 6]
                  from pairs in Gen.Select(Gen.Int[0, classes - 1], Gen.Int[0, classes - 1]).Array[1, 60]
                  select (classes, answers: pairs.Select(pair => pair.Item1).ToArray(), gold: pairs.Select(pair => pair.Item2).ToArray());
        gen.Sample(t =>
        {
            double Covariance(int[] x, int[] y) => Enumerable.Range(0, t.classes).Sum(k =>
                x.Zip(y).Sum(pair => ((pair.First == k ? 1 : 0) - x.Average(v => v == k ? 1.0 : 0))
                    * ((pair.Second == k ? 1 : 0) - y.Average(v => v == k ? 1.0 : 0))));
            var divisor = Math.Sqrt(Covariance(t.answers, t.answers) * Covariance(t.gold, t.gold));
            Assert.Equal(
                divisor < 1e-9 ? 0 : Covariance(t.answers, t.gold) / divisor,
                TaskMetrics.Compute("cola", t.answers, t.gold, t.classes)["matthews"], 1e-9);
        });
    }
}
