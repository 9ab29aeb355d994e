using Dimec.Text.Labels;

namespace Dimec.Text.Tasks;

/// <summary>The order of class indices: a task's convention, else numbers ascending, else ordinal.</summary>
internal static class LabelOrder
{
    public static string[] Of(IEnumerable<string> labels, IReadOnlyList<string>? convention)
    {
        var distinct = labels.Distinct().ToArray();
        if (convention is not null)
            return [.. convention.Where(distinct.Contains)];
        Array.Sort(distinct, StringComparer.Ordinal);
        return distinct.All(label => NumberLabel.Find(label) is not null) ? [.. distinct.OrderBy(NumberLabel.Find)] : distinct;
    }
}
