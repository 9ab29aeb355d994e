using System.Globalization;

namespace Dimec.Reporting;

/// <summary>Numbers as people read them, the same on every machine: invariant culture, a true minus sign, no negative zero.</summary>
public static class Formatting
{
    /// <summary>A share as a percentage: 0.1234 is <c>12.3 %</c>.</summary>
    /// <param name="share">The share; 1 is the whole.</param>
    /// <param name="decimals">Digits after the point.</param>
    public static string Percent(double share, int decimals = 1) => double.IsFinite(share) ? Number(share * 100, decimals) + " %" : Missing;

    /// <summary>An accuracy or another measure in 0..1 with an interval: <c>86.4 % [84.1, 88.6]</c>.</summary>
    /// <param name="value">The measure.</param>
    /// <param name="low">The interval's lower end.</param>
    /// <param name="high">The interval's upper end.</param>
    public static string Percent(double value, double low, double high) =>
        $"{Percent(value)} {Interval(low, high)}";

    /// <summary>A drop of accuracy in points: −0.003 is <c>−0.3</c>, 0.0123 is <c>1.2</c>, 0 is <c>0.0</c>.</summary>
    /// <param name="difference">The drop; 0.01 is one point.</param>
    public static string Points(double difference) => Number(difference * 100, 1);

    /// <summary>A change of accuracy in points, always signed: 0.0123 is <c>+1.2</c>.</summary>
    /// <param name="change">The change; 0.01 is one point.</param>
    public static string SignedPoints(double change)
    {
        var text = Number(change * 100, 1);
        return change > 0 && text != "0.0" && double.IsFinite(change) ? "+" + text : text;
    }

    /// <summary>A difference in points with its interval: <c>−0.3 [−0.8, 0.1]</c>.</summary>
    /// <param name="difference">The difference; 0.01 is one point.</param>
    /// <param name="low">The interval's lower end.</param>
    /// <param name="high">The interval's upper end.</param>
    public static string Points(double difference, double low, double high) => $"{Points(difference)} {Interval(low, high)}";

    /// <summary>An interval of shares in per cent, or of differences in points: <c>[−0.8, 0.1]</c>.</summary>
    /// <param name="low">The lower end; 0.01 is one per cent or point.</param>
    /// <param name="high">The upper end.</param>
    public static string Interval(double low, double high) => $"[{Points(low)}, {Points(high)}]";

    /// <summary>A difference in points with the longer arm of its interval: <c>−0.3 ± 0.4</c>, for where there is no room for both ends.</summary>
    /// <param name="difference">The difference; 0.01 is one point.</param>
    /// <param name="low">The interval's lower end.</param>
    /// <param name="high">The interval's upper end.</param>
    public static string PointsPlusMinus(double difference, double low, double high) => $"{Points(difference)} ± {Arm(difference, low, high)}";

    /// <summary>A cost with its unit: <c>5.03 layers</c>; three significant digits from 100 down to 0.01, all whole digits above.</summary>
    /// <param name="cost">The cost.</param>
    /// <param name="unit">Its unit; empty for none.</param>
    public static string Cost(double cost, string unit)
    {
        var number = Math.Abs(cost) switch
        {
            >= 100 => Number(cost, 0),
            >= 10 => Number(cost, 1),
            >= 0.01 or 0 => Number(cost, 2),
            _ => double.IsFinite(cost) ? cost.ToString("0.##E+0", CultureInfo.InvariantCulture).Replace('-', Minus) : Missing,
        };
        return string.IsNullOrEmpty(unit) ? number : $"{number} {unit}";
    }

    /// <summary>A count with its thousands set apart: <c>12,345</c>.</summary>
    /// <param name="count">The count.</param>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace('-', Minus);

    /// <summary>A number with a fixed number of decimals; an en dash where it is not finite.</summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">Digits after the point.</param>
    public static string Number(double value, int decimals)
    {
        if (!double.IsFinite(value))
            return Missing;
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        if (rounded == 0)
            rounded = 0; // no negative zero
        return rounded.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', Minus);
    }

    /// <summary>A number for programs: the shortest text that reads back as the same number.</summary>
    internal static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private const char Minus = '\u2212';

    private const string Missing = "–";

    private static string Arm(double value, double low, double high) => Number(Math.Max(high - value, value - low) * 100, 1);
}
