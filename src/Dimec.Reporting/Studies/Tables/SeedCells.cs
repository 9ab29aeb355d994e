using Dimec.Evaluation.Seeds;
using Dimec.Reporting.Html;

namespace Dimec.Reporting.Studies;

/// <summary>Cells of figures over seeds.</summary>
internal static class SeedCells
{
    /// <summary>A cell for which there is no figure: it sorts below all others.</summary>
    public static Cell None { get; } = new("–", double.NegativeInfinity);

    /// <summary>A share with its interval.</summary>
    public static Cell Percent(SeedMean mean) =>
        new(Formatting.Percent(mean.Mean), mean.Mean) { Second = Formatting.Interval(mean.Interval.Lower, mean.Interval.Upper) };

    /// <summary>A difference in points with its interval.</summary>
    public static Cell Points(SeedMean mean) =>
        new(Formatting.Points(mean.Mean), mean.Mean) { Second = Formatting.Interval(mean.Interval.Lower, mean.Interval.Upper) };

    /// <summary>The same, with what it is a difference to.</summary>
    public static Cell Points(SeedMean mean, string reference)
    {
        var cell = Points(mean);
        return cell with { Second = $"{cell.Second} {reference}" };
    }

    /// <summary>The mean over those seeds that have a value, and where there are several of them, the least and the largest.</summary>
    /// <param name="values">A value a seed; not finite where a seed has none.</param>
    /// <param name="format">How a value is written.</param>
    public static Cell Mean(IEnumerable<double> values, Func<double, string> format)
    {
        double[] known = [.. values.Where(double.IsFinite)];
        return known.Length == 0 ? None : new Cell(format(known.Average()), known.Average()) { Second = Range(known, format) };
    }

    /// <summary>The least and the largest of several values; null where they read the same.</summary>
    public static string? Range(IReadOnlyCollection<double> values, Func<double, string> format)
    {
        var (least, largest) = (format(values.Min()), format(values.Max()));
        return least == largest ? null : $"{least} … {largest}";
    }

    /// <summary>A fixed number of decimals.</summary>
    public static Func<double, string> Number(int decimals) => value => Formatting.Number(value, decimals);
}
