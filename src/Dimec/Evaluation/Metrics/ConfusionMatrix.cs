namespace Dimec.Evaluation.Metrics;

/// <summary>
/// How often each class was answered for each true class, and what metrics make of it. A quotient 0 / 0 is 0, as scikit-learn has it.
/// </summary>
internal sealed class ConfusionMatrix
{
    private readonly long[] _right;
    private readonly long[] _answered;
    private readonly long[] _true;
    private readonly long _count;

    public ConfusionMatrix(IReadOnlyList<int> answers, IReadOnlyList<int> gold, int classes)
    {
        (_right, _answered, _true, _count) = (new long[classes], new long[classes], new long[classes], gold.Count);
        for (var i = 0; i < gold.Count; i++)
        {
            _answered[answers[i]]++;
            _true[gold[i]]++;
            if (answers[i] == gold[i])
                _right[gold[i]]++;
        }
    }

    public double Accuracy => Quotient(_right.Sum(), _count);

    /// <summary>
    /// 2 · right / (answered + true) of class 1 with two classes, else its mean over the classes that are answered or true at least once
    /// (scikit-learn's f1_score with average="macro": "by default, all labels in y_true and y_pred are used").
    /// </summary>
    public double F1 => _true.Length == 2
        ? F1Of(1)
        : Enumerable.Range(0, _true.Length).Where(label => _answered[label] + _true[label] > 0).Average(F1Of);

    /// <summary>
    /// (c·s − Σ p_k t_k) / sqrt((s² − Σ p_k²)(s² − Σ t_k²)) with c right of s samples, p_k answered and t_k true in class k
    /// (Gorodkin 2004); for two classes it is the Matthews correlation.
    /// </summary>
    public double Matthews
    {
        get
        {
            double s = _count;
            var covariance = (_right.Sum() * s) - Product(_answered, _true);
            return Quotient(covariance, Math.Sqrt((s * s) - Product(_answered, _answered)) * Math.Sqrt((s * s) - Product(_true, _true)));
        }
    }

    private double F1Of(int label) => Quotient(2.0 * _right[label], _answered[label] + _true[label]);

    private static double Product(long[] a, long[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    private static double Quotient(double a, double b) => b == 0 ? 0 : a / b;
}
