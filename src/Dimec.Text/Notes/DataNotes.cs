using System.Globalization;
using Dimec.Text.Labels;

namespace Dimec.Text.Notes;

/// <summary>What a user should know of data before training on them: each a sentence, and only what applies.</summary>
internal static class DataNotes
{
    private const int MostNamed = 3;

    /// <summary>Looks through a task's parts, train first.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<Dataset> parts) =>
        [
            .. Unlabelled.Notes(parts),
            .. LikeLabels.Notes(parts[0].Labels),
            .. Empty(parts),
            .. Contradictions(parts),
            .. AbsentClasses(parts),
        ];

    /// <summary>Whether a text holds nothing that a reader would see.</summary>
    public static bool IsBlank(string text) =>
        text.EnumerateRunes().All(rune => System.Text.Rune.IsWhiteSpace(rune) || LabelKeys.IsUnseen(rune));

    private static IEnumerable<string> Empty(IReadOnlyList<Dataset> parts)
    {
        if (PartCount.Find(parts, sample => IsBlank(sample.Text) || (sample.Pair is { } pair && IsBlank(pair))) is { } counted)
        {
            yield return $"{counted} samples have an empty "
                + $"{(parts[0].HasPair ? "text, the first or the second" : "text")} ({counted.ByPart}),"
                + " from which nothing can be learnt but the labels' shares: remove these rows, or look at what made them.";
        }
    }

    private static IEnumerable<string> Contradictions(IReadOnlyList<Dataset> parts)
    {
        var labels = new Dictionary<(string Text, string? Pair), (int Label, bool Differs, int Count)>();
        foreach (var sample in parts.SelectMany(part => part.Samples))
        {
            var key = (sample.Text.Trim(), sample.Pair?.Trim());
            labels[key] = labels.TryGetValue(key, out var known)
                ? (known.Label, known.Differs || known.Label != sample.Label, known.Count + 1)
                : (sample.Label, false, 1);
        }

        var differing = labels.Values.Where(text => text.Differs).ToArray();
        if (differing.Length > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{differing.Sum(text => text.Count)} of {parts.Sum(part => part.Samples.Count)} samples "
                + $"have a text that stands with another label as well ({differing.Length} different "
                + $"{(differing.Length == 1 ? "text" : "texts")}), so not all of these labels can be right.");
        }
    }

    private static IEnumerable<string> AbsentClasses(IReadOnlyList<Dataset> parts)
    {
        var lacking = new List<string>();
        foreach (var part in parts.Skip(1).Where(part => part.Samples.Count > 0))
        {
            var there = part.Samples.Select(sample => sample.Label).ToHashSet();
            string[] absent = [.. part.Labels.Where((_, label) => !there.Contains(label))];
            if (absent.Length == 0)
                continue;
            var named = absent.Take(MostNamed).Select(label => $"\"{LabelText.Short(label)}\"");
            var more = absent.Length > MostNamed
                ? string.Create(CultureInfo.InvariantCulture, $" and {absent.Length - MostNamed} more")
                : "";
            lacking.Add($"{part.Part} has none of {string.Join(", ", named)}{more}");
        }

        if (lacking.Count > 0)
            yield return $"Of the classes, {string.Join("; ", lacking)}: figures of these parts say nothing of them.";
    }
}
