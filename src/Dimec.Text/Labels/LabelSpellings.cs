using System.Text.RegularExpressions;

namespace Dimec.Text.Labels;

/// <summary>
/// Makes one class of one whole number that stands in several spellings, as where a column of whole numbers was one of decimals for a
/// while: 1 and 1.0. Labels of one spelling only are left as they are.
/// </summary>
internal sealed partial class LabelSpellings
{
    private readonly Dictionary<string, string> _one;

    private LabelSpellings(Dictionary<string, string> one) => _one = one;

    /// <summary>What the user should know, a sentence each.</summary>
    public IEnumerable<string> Notes => _one.GroupBy(pair => pair.Value, pair => pair.Key).Select(group =>
        $"The labels {LabelText.List(group.Append(group.Key).Distinct().Order(StringComparer.Ordinal))} "
        + $"are one number and are taken as one class, \"{group.Key}\".");

    /// <summary>Finds the numbers that have several spellings.</summary>
    /// <param name="labels">All labels of all files, and those that the task is known to have.</param>
    public static LabelSpellings Of(IEnumerable<string> labels)
    {
        var one = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in labels
            .Distinct()
            .Where(label => Plain().IsMatch(label))
            .GroupBy(label => NumberLabel.Find(label)!.ToString()))
        {
            var spellings = group.ToArray();
            foreach (var other in spellings.Length > 1 ? spellings.Where(spelling => spelling != group.Key) : [])
                one.Add(other, group.Key);
        }

        return new LabelSpellings(one);
    }

    /// <summary>The spelling that stands for a label's number; other labels are their own.</summary>
    public string Of(string label) => _one.GetValueOrDefault(label, label);

    /// <summary>Not every number: 1.5 and 1.50 may be sections of a book, and 01 a code.</summary>
    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,38})(\.0+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
