namespace Dimec.Text.Labels;

/// <summary>Labels by which many datasets mark rows that have none.</summary>
internal static class Unlabelled
{
    private static readonly HashSet<string> s_marks = new(StringComparer.OrdinalIgnoreCase)
    {
        "-1", "-100", "-", "--", "?", ".", "nan", "none", "null", "nil", "na", "n/a", "#n/a", "<na>", "nat", "missing", "undefined",
        "unlabeled", "unlabelled", "no label", "\\N", };

    /// <summary>Whether a label is such a mark.</summary>
    public static bool IsMark(string label) => s_marks.Contains(NumberLabel.Find(label)?.ToString() ?? label);

    /// <summary>A sentence on the rows that seem to have no label.</summary>
    /// <param name="parts">The task's parts.</param>
    public static IEnumerable<string> Notes(IReadOnlyList<Dataset> parts)
    {
        var labels = parts[0].Labels;
        int[] marks = [.. Enumerable.Range(0, labels.Count).Where(i => IsMark(labels[i]))];
        // Of two classes, −1 and 1 for example, neither can be missing.
        if (marks.Length == 0 || labels.Count - marks.Length < 2)
            yield break;
        foreach (var mark in marks)
        {
            if (PartCount.Find(parts, sample => sample.Label == mark) is { } counted)
            {
                yield return $"{counted} samples have the label \"{labels[mark]}\" ({counted.ByPart}), "
                    + "which often stands for a row without a label; here it is a class of its own. "
                    + $"If those have none, leave them out with {ReaderOptionNames.DropLabel} \"{labels[mark]}\".";
            }
        }
    }
}
