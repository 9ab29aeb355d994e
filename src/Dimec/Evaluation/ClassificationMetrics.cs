namespace Dimec.Evaluation;

/// <summary>Metrics of answers against the truth.</summary>
public static class ClassificationMetrics
{
    /// <summary>The name of <see cref="Accuracy"/>.</summary>
    public const string AccuracyName = "accuracy";

    /// <summary>The name of <see cref="F1"/>.</summary>
    public const string F1Name = "f1";

    /// <summary>The name of <see cref="Matthews"/>.</summary>
    public const string MatthewsName = "matthews";

    /// <summary>The share of right answers, 0 … 1.</summary>
    /// <param name="answers">The classes that were answered; at least one.</param>
    /// <param name="gold">The true classes, as many.</param>
    public static double Accuracy(IReadOnlyList<int> answers, IReadOnlyList<int> gold) =>
        (double)answers.Zip(gold).Count(pair => pair.First == pair.Second) / answers.Count;

    /// <summary>
    /// With two classes the F1 of class 1, as GLUE reports MRPC and QQP: 2 TP / (2 TP + FP + FN), 0 where there is none;
    /// with more, the mean of the classes' F1 (macro).
    /// </summary>
    /// <param name="answers">The classes that were answered.</param>
    /// <param name="gold">The true classes, as many.</param>
    /// <param name="classes">The number of classes.</param>
    public static double F1(IReadOnlyList<int> answers, IReadOnlyList<int> gold, int classes)
    {
        var confusion = Confusion(answers, gold, classes);
        return classes == 2 ? OfClass(confusion, 1) : Enumerable.Range(0, classes).Average(c => OfClass(confusion, c));
    }

    /// <summary>
    /// Matthews correlation, −1 … 1 (Matthews 1975; for more than two classes Gorodkin's R_K):
    /// (c s − Σ t_k p_k) / sqrt((s² − Σ p_k²)(s² − Σ t_k²)), 0 where the divisor is 0.
    /// </summary>
    /// <param name="answers">The classes that were answered.</param>
    /// <param name="gold">The true classes, as many.</param>
    /// <param name="classes">The number of classes.</param>
    public static double Matthews(IReadOnlyList<int> answers, IReadOnlyList<int> gold, int classes)
    {
        var confusion = Confusion(answers, gold, classes);
        double samples = answers.Count;
        double right = 0, both = 0, answered = 0, truth = 0;
        for (var k = 0; k < classes; k++)
        {
            double p = 0, t = 0;
            for (var j = 0; j < classes; j++)
            {
                p += confusion[j, k];
                t += confusion[k, j];
            }

            right += confusion[k, k];
            both += p * t;
            answered += p * p;
            truth += t * t;
        }

        var divisor = Math.Sqrt(((samples * samples) - answered) * ((samples * samples) - truth));
        return divisor == 0 ? 0 : ((right * samples) - both) / divisor;
    }

    /// <summary>All three by name, the task's own first.</summary>
    internal static IReadOnlyDictionary<string, double> All(IReadOnlyList<int> answers, IReadOnlyList<int> gold, int classes, string own)
    {
        var all = new Dictionary<string, double>
        {
            [AccuracyName] = Accuracy(answers, gold),
            [F1Name] = F1(answers, gold, classes),
            [MatthewsName] = Matthews(answers, gold, classes),
        };
        return all.OrderBy(metric => metric.Key != own).ToDictionary();
    }

    private static double OfClass(int[,] confusion, int c)
    {
        var (hit, wrong) = (confusion[c, c], 0);
        for (var j = 0; j < confusion.GetLength(0); j++)
            wrong += j == c ? 0 : confusion[c, j] + confusion[j, c];
        return hit == 0 ? 0 : 2.0 * hit / ((2.0 * hit) + wrong);
    }

    private static int[,] Confusion(IReadOnlyList<int> answers, IReadOnlyList<int> gold, int classes)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(gold);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gold.Count, answers.Count);
        var confusion = new int[classes, classes];
        for (var i = 0; i < answers.Count; i++)
            confusion[gold[i], answers[i]]++;
        return confusion;
    }
}
