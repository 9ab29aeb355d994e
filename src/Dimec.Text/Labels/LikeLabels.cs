namespace Dimec.Text.Labels;

/// <summary>Labels that are likely meant to be one: they differ in what is not seen, or hardly.</summary>
internal static class LikeLabels
{
    /// <summary>More of them say the same again.</summary>
    private const int MostGroups = 3;

    /// <summary>In what labels differ, from the least to the most.</summary>
    private static readonly (Func<string, string> Key, string Difference)[] s_keys =
    [
        (LabelKeys.Decomposed, "in their Unicode normal form (accents as one code point or as two)"),
        (label => LabelKeys.Seen(LabelKeys.Decomposed(label)), "in blanks or in characters that are not seen"),
        (label => LabelKeys.Lower(LabelKeys.Seen(LabelKeys.Decomposed(label))), "in upper and lower case"),
        (label => NumberLabel.Find(label) is { } number ? $"number {number}" : label, "in how they write one number"),
        (label => LabelKeys.Shape(LabelKeys.Seen(label)), "in characters that look alike (Unicode has several of them), or in quotes"),
    ];

    /// <summary>A sentence a group of labels, and one more where there are many groups.</summary>
    public static IEnumerable<string> Notes(IReadOnlyList<string> labels)
    {
        var groups = new List<(string[] Labels, string Difference)>();
        var told = new HashSet<string>();
        foreach (var (key, difference) in s_keys)
        {
            foreach (var group in labels
                .Where(label => !told.Contains(label))
                .GroupBy(key)
                .Select(group => group.ToArray())
                .Where(group => group.Length > 1))
            {
                groups.Add((group, difference));
            }

            told.UnionWith(groups.SelectMany(group => group.Labels));
        }

        foreach (var (members, difference) in groups.Take(MostGroups))
        {
            var named = string.Join(" and ", members.Take(MostGroups).Select(LabelText.WithCodePoints))
                + (members.Length > MostGroups ? " and more" : "");
            yield return $"The labels {named} differ only {difference}, and are classes of their own: "
                + "if they mean one class, write them in one way.";
        }

        if (groups.Count > MostGroups)
            yield return FormattableString.Invariant($"{groups.Count - MostGroups} more groups of labels differ in as little.");
    }
}
