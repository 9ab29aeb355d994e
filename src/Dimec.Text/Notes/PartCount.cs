using System.Globalization;

namespace Dimec.Text;

/// <summary>How many samples of a task are of a kind, for one sentence on all its parts.</summary>
/// <param name="Count">How many are.</param>
/// <param name="Of">How many samples there are.</param>
/// <param name="ByPart">The same of each part that has any, e.g. <c>train 12 of 48, dev 3 of 6</c>.</param>
public sealed record PartCount(int Count, int Of, string ByPart)
{
    /// <summary>Counts.</summary>
    /// <param name="parts">Each part's name, how many of its samples are of the kind, and how many it has.</param>
    /// <returns>Null where none is.</returns>
    public static PartCount? Find(IEnumerable<(string Part, int Count, int Of)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var all = parts.ToArray();
        var some = all.Where(part => part.Count > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Part} {part.Count} of {part.Of}"));
        return all.Sum(part => part.Count) is > 0 and var count
            ? new PartCount(count, all.Sum(part => part.Of), string.Join(", ", some))
            : null;
    }

    /// <summary>Counts the samples for which something holds.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="isOne">Whether a sample is of the kind.</param>
    /// <returns>Null where none is.</returns>
    public static PartCount? Find(IEnumerable<Dataset> parts, Func<Sample, bool> isOne)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(isOne);
        return Find(parts.Select(part => (part.Part, part.Samples.Count(isOne), part.Samples.Count)));
    }

    /// <summary>The numbers of all parts together, e.g. <c>15 of 54</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} of {Of}");
}
