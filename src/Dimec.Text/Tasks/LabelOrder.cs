using System.Globalization;

namespace Dimec.Text.Tasks;

/// <summary>The order of class indices: a task's convention, else integers ascending, else ordinal.</summary>
internal static class LabelOrder
{
    public static string[] Of(IEnumerable<string> labels, IReadOnlyList<string>? convention)
    {
        var distinct = labels.Distinct().ToArray();
        if (convention is not null)
            return [.. convention.Where(distinct.Contains)];
        Array.Sort(distinct, StringComparer.Ordinal);
        return distinct.All(l => TryNumber(l, out _)) ? [.. distinct.OrderBy(Number)] : distinct;
    }

    private static long Number(string label) => TryNumber(label, out var number) ? number : 0;

    private static bool TryNumber(string label, out long number) =>
        long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
