using CsCheck;
using Dimec.Evaluation;

namespace Dimec.Tests.Evaluation;

public sealed class ClassificationMetricsTests
{
    /// <summary>TP 3, FP 1, FN 2, TN 4: F1 6/9, Matthews (12 − 2)/sqrt(4·5·5·6).</summary>
    private static readonly int[] s_gold = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
    private static readonly int[] s_answers = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];

    [Fact]
    public void A_hand_worked_binary_case()
    {
        Assert.Equal(0.7, ClassificationMetrics.Accuracy(s_answers, s_gold), 12);
        Assert.Equal(6 / 9.0, ClassificationMetrics.F1(s_answers, s_gold, 2), 12);
        Assert.Equal(10 / Math.Sqrt(4 * 5 * 5 * 6), ClassificationMetrics.Matthews(s_answers, s_gold, 2), 12);
    }

    [Fact]
    public void Matthews_of_many_classes_is_the_correlation_of_their_indicators() =>
        Gen.Int[2, 6].SelectMany(classes => Gen.Select(Gen.Const(classes), Gen.Select(Gen.Int[0, classes - 1], Gen.Int[0, classes - 1]).Array[1, 60]))
            .Sample((classes, pairs) =>
            {
                var answers = pairs.Select(pair => pair.Item1).ToArray();
                var gold = pairs.Select(pair => pair.Item2).ToArray();
                Assert.Equal(Correlation(answers, gold, classes), ClassificationMetrics.Matthews(answers, gold, classes), 9);
            });

    [Fact]
    public void A_class_that_nobody_answers_gives_no_F1() => Assert.Equal(0, ClassificationMetrics.F1([0, 0], [1, 0], 2));

    private static double Correlation(int[] answers, int[] gold, int classes)
    {
        double Covariance(int[] x, int[] y) => Enumerable.Range(0, classes).Sum(k =>
        {
            var meanX = x.Average(value => value == k ? 1.0 : 0);
            var meanY = y.Average(value => value == k ? 1.0 : 0);
            return x.Zip(y).Sum(pair => ((pair.First == k ? 1 : 0) - meanX) * ((pair.Second == k ? 1 : 0) - meanY));
        });
        var divisor = Math.Sqrt(Covariance(answers, answers) * Covariance(gold, gold));
        return divisor < 1e-9 ? 0 : Covariance(answers, gold) / divisor;
    }
}
