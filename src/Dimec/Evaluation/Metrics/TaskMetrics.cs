namespace Dimec.Evaluation.Metrics;

/// <summary>Which metrics a task is reported with: GLUE's own first (Wang et al. 2019, arXiv 1804.07461), the others beside them.</summary>
public static class TaskMetrics
{
    /// <summary>The share of right answers.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>
    /// F1 of class 1 where there are two classes, else the mean F1 of the classes that are answered or true at least once.
    /// </summary>
    public const string F1 = "f1";

    /// <summary>The Matthews correlation (for more than two classes its generalization R_K, Gorodkin 2004).</summary>
    public const string Matthews = "matthews";

    private static readonly Dictionary<string, string[]> s_own = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cola"] = [Matthews],
        ["mrpc"] = [F1, Accuracy],
        ["qqp"] = [F1, Accuracy],
        ["sst2"] = [Accuracy],
        ["rte"] = [Accuracy],
        ["qnli"] = [Accuracy],
        ["mnli"] = [Accuracy],
    };

    /// <summary>The names of the metrics to report, the task's own first; accuracy first for a task that GLUE does not have.</summary>
    /// <param name="task">The task's name, in any case, or null.</param>
    public static IReadOnlyList<string> For(string? task) =>
        [.. (task is not null && s_own.TryGetValue(task, out var own) ? own : []).Concat([Accuracy, F1, Matthews]).Distinct()];

    /// <summary>Computes a task's metrics.</summary>
    /// <param name="task">The task's name, or null.</param>
    /// <param name="answers">The answered classes.</param>
    /// <param name="gold">The true classes, as many.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>The metrics by name, in the order of <see cref="For"/>.</returns>
    public static IReadOnlyDictionary<string, double> Compute(
        string? task, IReadOnlyList<int> answers, IReadOnlyList<int> gold, int classes)
    {
        var confusion = new ConfusionMatrix(answers, gold, classes);
        return For(task).ToDictionary(name => name, name => name switch
        {
            F1 => confusion.F1,
            Matthews => confusion.Matthews,
            _ => confusion.Accuracy,
        });
    }
}
